-- question: which masked sentences do the copies of these groups hold?
-- reads: skeleton_sentences; parameters: $start, $end (exclusive)
SELECT article_id, char_start, char_end, key
FROM skeleton_sentences WHERE number >= $start AND number < $end ORDER BY article_id, char_start
