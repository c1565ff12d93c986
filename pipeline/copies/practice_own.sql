-- question: which practices stand in a sentence that is said of no other platform, anywhere in the corpus?
-- reads: copy_asked, copy_said, copy_near, copy_articles, copy_key_chars;
--        parameters: $least_jaccard, $least_contained, $least_chars
-- makes: practice_own(article_id, practice_id, field, char_start, char_end, own)
-- A sentence is said of the platforms that it names, else of its article's subjects; one that is said of
-- none known is said of '?': a name that no list has, or nobody. A wrong `own` accuses somebody, so every
-- doubt says no: a sentence that names nobody in an article about several or none, one too short to compare,
-- one that somewhere is said of a platform we do not know. CASE asks step by step: most are too short or templated.
CREATE OR REPLACE TEMP TABLE practice_own AS
WITH wanted AS (SELECT DISTINCT key_id FROM copy_asked WHERE key_id IS NOT NULL),
alike AS (
    SELECT asked, other FROM copy_near SEMI JOIN wanted ON key_id = asked
    WHERE jaccard >= $least_jaccard OR contained >= $least_contained
    UNION ALL
    SELECT key_id, key_id FROM wanted
),
speaking AS (
    SELECT DISTINCT s.key_id, s.platforms, CASE WHEN s.platforms = '' THEN s.number END AS number
    FROM copy_said s SEMI JOIN alike ON alike.other = s.key_id
),
spoken_of AS (
    SELECT DISTINCT s.key_id, unnest(
        CASE WHEN s.platforms <> '' THEN string_split(s.platforms, ' ')
             WHEN len(a.subjects) > 0 THEN a.subjects ELSE ['?'] END) AS platform_id
    FROM speaking s LEFT JOIN copy_articles a USING (number)
),
said AS (
    SELECT a.asked, list(DISTINCT p.platform_id) AS platforms
    FROM alike a JOIN spoken_of p ON p.key_id = a.other GROUP BY a.asked
),
found AS (
    SELECT a.article_id, c.practice_id, c.field, c.char_start, c.char_end, c.platform_id, c.platforms, s.platforms AS said_of,
           CASE WHEN h.chars < $least_chars OR h.chars IS NULL OR c.templated THEN NULL
                WHEN c.platforms <> '' THEN string_split(c.platforms, ' ') ELSE a.subjects END AS own_platforms
    FROM copy_asked c JOIN copy_articles a USING (number)
    LEFT JOIN said s ON s.asked = c.key_id LEFT JOIN copy_key_chars h USING (key_id)
)
SELECT article_id, practice_id, field, char_start, char_end,
       bool_and(CASE WHEN own_platforms IS NULL THEN false ELSE coalesce(
           (platforms <> '' OR len(own_platforms) = 1)
           AND (platform_id IS NULL OR list_contains(own_platforms, platform_id))
           AND list_has_all(own_platforms, said_of), false) END) AS own
FROM found
GROUP BY ALL
ORDER BY ALL
