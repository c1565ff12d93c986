-- question: which masked sentences are there, in which stories, said of whom?
-- reads: copy_sentences, copy_articles, copy_stories, part_practices
-- makes: copy_keys(key_id, key, story, n_stories, asked), copy_said(article_id, …, key_id, platforms),
--        copy_key_platforms(key_id, platform_id)
-- A sentence is said of the platforms that it names, else of its article's subjects; one that is said of
-- none known is said of '?': a name that no list has, or nobody. Where a key stands in several stories its
-- `story` is its own negative number, so that it differs from every other's.
CREATE OR REPLACE TEMP TABLE copy_key_ids AS
SELECT key, row_number() OVER (ORDER BY key) - 1 AS key_id
FROM (SELECT DISTINCT key FROM copy_sentences);

CREATE OR REPLACE TEMP TABLE copy_said AS
SELECT s.article_id, s.ordinal, s.field, s.char_start, s.char_end, k.key_id, length(s.key) AS key_chars,
       t.story, t.cluster, s.platforms <> '' AS named,
       CASE WHEN s.platforms <> '' THEN string_split(s.platforms, ' ') ELSE a.subjects END AS platforms
FROM copy_sentences s
JOIN copy_key_ids k USING (key)
JOIN copy_articles a USING (article_id)
JOIN copy_stories t USING (article_id);

CREATE OR REPLACE TEMP TABLE copy_key_platforms AS
SELECT DISTINCT key_id, unnest(CASE WHEN len(platforms) > 0 THEN platforms ELSE ['?'] END) AS platform_id
FROM copy_said;

CREATE OR REPLACE TEMP TABLE copy_asked AS
SELECT DISTINCT s.article_id, p.practice_id, p.field, p.char_start, p.char_end, p.platform_id,
       s.key_id, s.key_chars, s.named, s.platforms
FROM part_practices p
JOIN copy_articles USING (article_id)
LEFT JOIN copy_said s
    ON s.article_id = p.article_id AND s.field = p.field
   AND s.char_start < p.char_end AND s.char_end > p.char_start;

CREATE OR REPLACE TEMP TABLE copy_keys AS
WITH standing AS (
    SELECT key_id, count(DISTINCT story) AS n_stories, min(story) AS story FROM copy_said GROUP BY key_id
)
SELECT i.key_id, i.key, s.n_stories,
       CASE WHEN s.n_stories = 1 THEN s.story ELSE -1 - i.key_id END AS story,
       s.n_stories = 1 OR i.key_id IN (SELECT key_id FROM copy_asked) AS asked
FROM copy_key_ids i JOIN standing s USING (key_id)
ORDER BY i.key_id;
