-- question: which findings may a sample be drawn from, in a fair order?
-- $limit
-- columns: stratum, article_id, kind, finding, platform_id, field, surface_start; strata take turns, at most one finding
--          of a stratum a story, in the order of a digest that nobody chose: the same in every run
WITH found AS (
    SELECT article_id, 'practice' AS kind, practice_id AS finding, platform_id, field, char_start AS surface_start,
           CASE WHEN assertion = 'alleged' AND own THEN 'alleged-own' WHEN assertion = 'alleged' THEN 'alleged-in-template'
                WHEN assertion = 'claimed-practice' THEN assertion ELSE 'other-practice' END AS stratum
    FROM practices
    UNION ALL BY NAME SELECT article_id, 'mention' AS kind, platform_id AS finding, platform_id, field,
                             char_start AS surface_start, 'mention' AS stratum FROM mentions
    UNION ALL BY NAME SELECT article_id, 'law' AS kind, law_id AS finding, field, char_start AS surface_start,
                             'law' AS stratum FROM laws
    UNION ALL BY NAME SELECT article_id, 'tip' AS kind, tip_id AS finding, field, char_start AS surface_start,
                             'tip' AS stratum FROM tip_sources
),
drawn AS (
    SELECT f.*, a.story_id, sha256(concat_ws('/', f.article_id, kind, finding, platform_id, field, surface_start)) AS lot
    FROM found f JOIN articles a USING (article_id) WHERE a.is_current
),
one_a_story AS (
    SELECT * FROM drawn QUALIFY row_number() OVER (PARTITION BY stratum, story_id ORDER BY lot) = 1
)
SELECT stratum, article_id, kind, finding, platform_id, field, surface_start FROM one_a_story
ORDER BY row_number() OVER (PARTITION BY stratum ORDER BY lot), stratum LIMIT $limit;
