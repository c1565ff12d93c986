-- question: which masked sentences do the sampled texts hold?
-- reads: skeleton_copies, part_sentence_keys; parameters: $most of an article; makes: skeleton_sentences
CREATE OR REPLACE TEMP TABLE skeleton_sentences AS
SELECT DISTINCT c.number, s.article_id, s.char_start, s.char_end, s.key
FROM part_sentence_keys s JOIN skeleton_copies c USING (article_id)
WHERE s.field = 'text' AND s.line < $most
ORDER BY c.number, s.article_id, s.char_start;
