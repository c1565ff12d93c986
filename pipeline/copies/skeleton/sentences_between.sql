-- question: which masked sentences do the copies of these groups hold?
-- reads: skeleton_sentences; parameter: $numbers
SELECT article_id, char_start, char_end, key
FROM skeleton_sentences WHERE number IN (SELECT unnest($numbers)) ORDER BY article_id, char_start
