-- question: which masked sentences are there, in which stories, and which are asked about?
-- reads: copy_sentences, copy_articles, copy_stories, copy_stitched, part_practices,
--        copy_standing(line, shared, stock), copy_first_lines(unit, line)
-- makes: copy_said(number, …, key_id, platforms), copy_asked, copy_keys(key_id, key_hash, story, n_stories, asked)
-- Stitched pages speak for nobody. Where a key stands in several stories (n_stories is 2 then, however many)
-- its `story` is its own negative number, so that it differs from every other's. Sentences that their own
-- template shares have no key but in its first text, which stands for them.
CREATE OR REPLACE TEMP TABLE copy_finds AS
SELECT a.number, p.practice_id, p.field, p.char_start, p.char_end, p.platform_id
FROM part_practices p JOIN copy_articles a USING (article_id);

CREATE OR REPLACE TEMP TABLE copy_touched AS
SELECT p.*, s.ordinal, s.char_start AS sentence_start, s.char_end AS sentence_end
FROM copy_finds p
LEFT JOIN copy_sentences s
    ON s.number = p.number AND s.in_text = (p.field = 'text')
   AND s.char_start < p.char_end AND s.char_end > p.char_start;

CREATE OR REPLACE TEMP TABLE copy_placed AS
WITH asking AS (SELECT DISTINCT number, ordinal FROM copy_touched WHERE ordinal IS NOT NULL),
told AS (
    SELECT a.number, a.unit, t.cluster, f.line AS first_line, CASE WHEN p.unit IS NULL THEN t.story END AS story
    FROM copy_articles a JOIN copy_stories t USING (article_id) JOIN copy_first_lines f USING (unit)
    LEFT JOIN copy_stitched p USING (unit)
)
SELECT s.number, s.ordinal, s.in_text, s.char_start, s.char_end, s.key_hash, s.platforms, t.story,
       coalesce(l.shared, false) AS templated, coalesce(l.shared OR l.stock, false) AS shared,
       NOT coalesce(l.shared OR l.stock, false) OR t.unit = t.cluster OR q.number IS NOT NULL AS stands
FROM copy_sentences s
JOIN told t USING (number)
LEFT JOIN copy_standing l ON l.line = t.first_line + s.line
LEFT JOIN asking q ON q.number = s.number AND q.ordinal = s.ordinal;

DROP TABLE copy_sentences;

CREATE OR REPLACE TEMP TABLE copy_said AS
WITH keyed AS (
    SELECT key_hash, (row_number() OVER (ORDER BY key_hash) - 1)::INTEGER AS key_id
    FROM (SELECT DISTINCT key_hash FROM copy_placed WHERE stands)
)
SELECT s.* EXCLUDE (stands), k.key_id FROM copy_placed s LEFT JOIN keyed k USING (key_hash);

DROP TABLE copy_placed;

CREATE OR REPLACE TEMP TABLE copy_asked AS
SELECT DISTINCT p.number, p.practice_id, p.field, p.char_start, p.char_end, p.platform_id, s.key_id, s.templated, s.platforms
FROM copy_touched p
LEFT JOIN copy_said s
    ON s.number = p.number AND s.ordinal = p.ordinal AND s.in_text = (p.field = 'text')
   AND s.char_start = p.sentence_start AND s.char_end = p.sentence_end;

DROP TABLE copy_touched;

CREATE OR REPLACE TEMP TABLE copy_keys AS
WITH standing AS (
    SELECT key_id, any_value(key_hash) AS key_hash, min(story) AS first, max(story) AS last, bool_and(shared) AS shared
    FROM copy_said WHERE key_id IS NOT NULL GROUP BY key_id
)
SELECT key_id, key_hash, CASE WHEN first IS NULL THEN 0 WHEN first = last THEN 1 ELSE 2 END AS n_stories,
       CASE WHEN first = last THEN first ELSE -1 - key_id END AS story,
       ((first IS NULL OR first = last) AND NOT shared) OR key_id IN (SELECT key_id FROM copy_asked) AS asked
FROM standing ORDER BY key_id;
