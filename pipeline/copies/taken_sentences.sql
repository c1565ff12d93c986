-- question: which masked sentences do the compared articles hold, and which may be somebody's own?
-- reads: copy_stories, part_text_keys, part_sentence_keys, copy_standing(line, shared), copy_first_lines(unit, line,
--        speaks)
-- makes: copy_sentences; `shared`: others have it, `templated`: of the same template
-- Stitched pages speak for nobody: they have no story. What is shared is compared if it stands in the first text
-- of its template, which stands for the others, or is told elsewhere.
-- A payload that came back may stand in two parts; every row is taken once. Of a build's parts that is none, and
-- to look for equal rows among all took more memory than any other step.
CREATE OR REPLACE TEMP TABLE copy_told AS
WITH doubled AS (SELECT article_id FROM part_text_keys GROUP BY article_id HAVING count(*) > 1)
SELECT t.article_id, t.number, f.line AS first_line, t.unit = t.cluster AS is_first,
       CASE WHEN f.speaks THEN t.story END AS story, d.article_id IS NOT NULL AS is_doubled
FROM copy_stories t
JOIN copy_first_lines f USING (unit)
LEFT JOIN doubled d USING (article_id);

CREATE OR REPLACE TEMP TABLE copy_sentences AS
WITH taken AS (
    SELECT t.number, t.story, t.is_first, t.first_line + s.line AS line, s.field = 'text' AS in_text,
           s.char_start::INTEGER AS char_start, s.char_end::INTEGER AS char_end, s.key_hash, s.platforms
    FROM part_sentence_keys s JOIN (FROM copy_told WHERE NOT is_doubled) t USING (article_id)
    UNION ALL
    SELECT DISTINCT t.number, t.story, t.is_first, t.first_line + s.line, s.field = 'text',
           s.char_start::INTEGER, s.char_end::INTEGER, s.key_hash, s.platforms
    FROM part_sentence_keys s JOIN (FROM copy_told WHERE is_doubled) t USING (article_id)
)
SELECT t.number, t.story, t.in_text, t.char_start, t.char_end, t.key_hash, t.platforms,
       coalesce(l.shared, false) AS templated, l.line IS NOT NULL AS shared, l.line IS NULL OR t.is_first AS is_compared
FROM taken t LEFT JOIN copy_standing l USING (line);

DROP TABLE copy_told;
