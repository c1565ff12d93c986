-- question: which keys are asked about, for an article's share or for a practice?
-- reads: copy_said, part_practices; makes: copy_asked, copy_key_platforms(key_id, platform_id), copy_keys
CREATE OR REPLACE TEMP TABLE copy_key_platforms AS
SELECT DISTINCT key_id, unnest(CASE WHEN len(platforms) > 0 THEN platforms ELSE ['?'] END) AS platform_id
FROM copy_said WHERE key_id IS NOT NULL;

CREATE OR REPLACE TEMP TABLE copy_asked AS
SELECT DISTINCT p.article_id, p.practice_id, p.field, p.char_start, p.char_end, p.platform_id,
       s.key_id, s.key_chars, s.templated, s.named, s.platforms
FROM part_practices p
SEMI JOIN copy_articles USING (article_id)
LEFT JOIN copy_said s
    ON s.article_id = p.article_id AND s.field = p.field
   AND s.char_start < p.char_end AND s.char_end > p.char_start;

CREATE OR REPLACE TEMP TABLE copy_keys AS
WITH standing AS (
    SELECT key_id, any_value(key) AS key, count(DISTINCT story) AS n_stories, min(story) AS story,
           bool_and(shared) AS shared
    FROM copy_said WHERE key_id IS NOT NULL GROUP BY key_id
)
SELECT key_id, key, n_stories, CASE WHEN n_stories = 1 THEN story ELSE -1 - key_id END AS story,
       (n_stories <= 1 AND NOT shared) OR key_id IN (SELECT key_id FROM copy_asked) AS asked
FROM standing ORDER BY key_id;
