-- question: which masked sentences do the compared articles hold?
-- reads: copy_articles, part_sentence_keys; makes: copy_sentences, numbers only
-- A payload that came back may stand in two parts; every row is taken once.
CREATE OR REPLACE TEMP TABLE copy_sentences AS
SELECT DISTINCT a.number, s.ordinal::INTEGER AS ordinal, s.field = 'text' AS in_text, s.line::INTEGER AS line,
       s.char_start::INTEGER AS char_start, s.char_end::INTEGER AS char_end, s.key_hash, s.platforms
FROM part_sentence_keys s JOIN copy_articles a USING (article_id);
