-- question: which masked sentences are there, in which stories, said of whom?
-- reads: copy_sentences, copy_articles, copy_stories, copy_stitched, part_practices,
--        copy_standing(unit, line, shared, stock)
-- makes: copy_said(article_id, …, key_id, platforms), copy_asked, copy_key_platforms(key_id, platform_id),
--        copy_keys(key_id, key, story, n_stories, asked)
-- A sentence is said of the platforms that it names, else of its article's subjects; one that is said of
-- none known is said of '?': a name that no list has, or nobody. Stitched pages speak for nobody. Where a key
-- stands in several stories its `story` is its own negative number, so that it differs from every other's.
-- Sentences that their own template shares have no key but in its first text, which stands for them.
CREATE OR REPLACE TEMP TABLE copy_said AS
WITH placed AS (
    SELECT s.article_id, s.ordinal, s.field, s.char_start, s.char_end, s.key, s.platforms,
           a.unit, a.subjects, t.cluster, CASE WHEN p.unit IS NULL THEN t.story END AS story,
           coalesce(l.shared, false) AS templated, coalesce(l.shared OR l.stock, false) AS shared
    FROM copy_sentences s
    JOIN copy_articles a USING (article_id)
    JOIN copy_stories t USING (article_id)
    LEFT JOIN copy_stitched p USING (unit)
    LEFT JOIN copy_standing l ON l.unit = a.unit AND l.line = s.line
),
asking AS (
    SELECT DISTINCT s.article_id, s.ordinal
    FROM part_practices p JOIN copy_sentences s
      ON s.article_id = p.article_id AND s.field = p.field
     AND s.char_start < p.char_end AND s.char_end > p.char_start
),
keyed AS (
    SELECT key, row_number() OVER (ORDER BY key) - 1 AS key_id
    FROM (SELECT DISTINCT s.key FROM placed s LEFT JOIN asking q USING (article_id, ordinal)
          WHERE NOT s.shared OR s.unit = s.cluster OR q.article_id IS NOT NULL)
)
SELECT s.article_id, s.ordinal, s.field, s.char_start, s.char_end, k.key_id, k.key, length(s.key) AS key_chars,
       s.story, s.cluster, s.templated, s.shared, s.platforms <> '' AS named,
       CASE WHEN s.platforms <> '' THEN string_split(s.platforms, ' ') ELSE s.subjects END AS platforms
FROM placed s LEFT JOIN keyed k USING (key);
