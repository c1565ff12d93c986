-- question: which practices stand in a sentence that is said of no other platform, anywhere in the corpus?
-- reads: copy_asked, copy_near, copy_key_platforms; parameters: $least_jaccard, $least_contained, $least_chars
-- makes: practice_own(article_id, practice_id, field, char_start, char_end, own)
-- A wrong `own` accuses somebody, so every doubt says no: a sentence that names nobody in an article about
-- several or none, one too short to compare, one that somewhere is said of a platform we do not know.
CREATE OR REPLACE TEMP TABLE practice_own AS
WITH alike AS (
    SELECT asked, other FROM copy_near WHERE jaccard >= $least_jaccard OR contained >= $least_contained
    UNION ALL
    SELECT DISTINCT key_id, key_id FROM copy_asked WHERE key_id IS NOT NULL
),
said AS (
    SELECT a.asked, list(DISTINCT p.platform_id) AS platforms
    FROM alike a JOIN copy_key_platforms p ON p.key_id = a.other GROUP BY a.asked
)
SELECT c.article_id, c.practice_id, c.field, c.char_start, c.char_end,
       bool_and(coalesce(
           c.key_chars >= $least_chars AND NOT c.templated
           AND (c.named OR len(c.platforms) = 1)
           AND (c.platform_id IS NULL OR list_contains(c.platforms, c.platform_id))
           AND list_has_all(c.platforms, s.platforms), false)) AS own
FROM copy_asked c LEFT JOIN said s ON s.asked = c.key_id
GROUP BY ALL
ORDER BY ALL
