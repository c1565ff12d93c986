-- question: which masked sentences do the sampled texts of the groups hold that are not known yet?
-- reads: skeleton_copies, skeleton_due, part_sentence_keys; parameters: $most of an article; makes: skeleton_sentences
CREATE OR REPLACE TEMP TABLE skeleton_sentences AS
SELECT DISTINCT c.number, s.article_id, s.char_start, s.char_end, s.key
FROM part_sentence_keys s
JOIN (FROM skeleton_copies SEMI JOIN skeleton_due USING (number)) c USING (article_id)
WHERE s.field = 'text' AND s.line < $most
ORDER BY c.number, s.article_id, s.char_start;
