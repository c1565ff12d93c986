-- question: which masked sentences do the compared articles hold?
-- reads: copy_articles, part_text_keys, part_sentence_keys; makes: copy_sentences, numbers only
-- A payload that came back may stand in two parts; every row is taken once. Of a build's parts that is none, and
-- to look for equal rows among all took more memory than any other step.
CREATE OR REPLACE TEMP TABLE copy_sentences AS
WITH doubled AS (SELECT article_id FROM part_text_keys GROUP BY article_id HAVING count(*) > 1)
SELECT a.number, s.ordinal::INTEGER AS ordinal, s.field = 'text' AS in_text, s.line::INTEGER AS line,
       s.char_start::INTEGER AS char_start, s.char_end::INTEGER AS char_end, s.key_hash, s.platforms
FROM part_sentence_keys s JOIN copy_articles a USING (article_id) ANTI JOIN doubled USING (article_id)
UNION ALL
SELECT DISTINCT a.number, s.ordinal::INTEGER, s.field = 'text', s.line::INTEGER,
       s.char_start::INTEGER, s.char_end::INTEGER, s.key_hash, s.platforms
FROM part_sentence_keys s JOIN copy_articles a USING (article_id) SEMI JOIN doubled USING (article_id);
