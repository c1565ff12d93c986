-- question: which masked sentences do the compared articles hold?
-- reads: copy_articles, part_sentence_keys; makes: copy_sentences
-- A payload that came back may stand in two parts; every row is taken once.
CREATE OR REPLACE TEMP TABLE copy_sentences AS
SELECT DISTINCT s.article_id, s.ordinal, s.field, s.line, s.char_start, s.char_end, s.key, s.platforms
FROM part_sentence_keys s SEMI JOIN copy_articles USING (article_id);
