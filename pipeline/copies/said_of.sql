-- question: of which platforms is each of these sentences said, anywhere in the corpus?
-- reads: copy_own_asked, copy_sentences, copy_near, copy_articles; parameters: $least_jaccard, $least_contained
-- makes: copy_said_of(key_hash, said_of)
-- A sentence is said of the platforms that it names, else of its article's subjects; one that is said of
-- none known is said of '?': a name that no list has, or nobody.
CREATE OR REPLACE TEMP TABLE copy_said_of AS
WITH wanted AS MATERIALIZED (SELECT DISTINCT key_hash FROM copy_own_asked),
alike AS MATERIALIZED (
    SELECT asked, other FROM copy_near SEMI JOIN wanted ON key_hash = asked
    WHERE jaccard >= $least_jaccard OR contained >= $least_contained
    UNION ALL
    SELECT key_hash, key_hash FROM wanted
),
speaking AS (
    SELECT DISTINCT s.key_hash, s.platforms, CASE WHEN s.platforms = '' THEN s.number END AS number
    FROM copy_sentences s SEMI JOIN alike ON alike.other = s.key_hash
),
spoken_of AS (
    SELECT DISTINCT s.key_hash, unnest(
        CASE WHEN s.platforms <> '' THEN string_split(s.platforms, ' ')
             WHEN len(a.subjects) > 0 THEN a.subjects ELSE ['?'] END) AS platform_id
    FROM speaking s LEFT JOIN copy_articles a USING (number)
)
SELECT a.asked AS key_hash, list(DISTINCT p.platform_id) AS said_of
FROM alike a JOIN spoken_of p ON p.key_hash = a.other GROUP BY a.asked
