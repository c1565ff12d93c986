-- question: which masked sentences are compared, in which stories do they stand, and which are asked about?
-- reads: copy_sentences, copy_articles, part_practices
-- makes: copy_touched (practices with each sentence that they stand in),
--        copy_keys(key_id, key_hash, story, n_stories, asked)
-- A sentence in which a practice stands is compared, too. Where a key stands in several stories (n_stories is 2 then,
-- however many) its `story` is its own negative number, so that it differs from every other's.
CREATE OR REPLACE TEMP TABLE copy_touched AS
SELECT a.number, p.practice_id, p.field, p.char_start, p.char_end, p.platform_id, s.key_hash, s.platforms, s.templated
FROM part_practices p
JOIN copy_articles a USING (article_id)
JOIN copy_sentences s
    ON s.number = a.number AND s.in_text = (p.field = 'text')
   AND s.char_start < p.char_end AND s.char_end > p.char_start;

CREATE OR REPLACE TEMP TABLE copy_keys AS
WITH standing AS (
    SELECT key_hash, min(story) AS first, max(story) AS last, bool_and(shared) AS shared, bool_or(is_compared) AS is_compared
    FROM copy_sentences GROUP BY key_hash
),
touched AS (SELECT DISTINCT key_hash FROM copy_touched),
numbered AS (
    SELECT row_number() OVER (ORDER BY key_hash) - 1 AS key_id, s.*, t.key_hash IS NOT NULL AS touched
    FROM standing s LEFT JOIN touched t USING (key_hash) WHERE s.is_compared OR t.key_hash IS NOT NULL
)
SELECT key_id, key_hash, CASE WHEN first IS NULL THEN 0 WHEN first = last THEN 1 ELSE 2 END AS n_stories,
       CASE WHEN first = last THEN first ELSE -1 - key_id END AS story,
       ((first IS NULL OR first = last) AND NOT shared) OR touched AS asked
FROM numbered ORDER BY key_id;
