-- question: which findings stand behind a figure, one a story?
-- $kind (practice | tip | law | mention), $finding, $platform, $practice, $assertion: NULL lets everything through
-- $first $size: which of the rows
-- reads: chosen
-- columns: story_id, article_id, kind, finding, platform_id, assertion, own, field, surface_start, surface_end,
--          pages, sites (of the story, among the chosen), live_pages, title, published_at, published_doubt,
--          first_seen_at, state, found (stories in all)
-- A story is shown by its most telling finding: what somebody reports himself before what stands in a template.
WITH found AS (
    SELECT 'practice' AS kind, practice_id AS finding, article_id, platform_id, assertion, own, field,
           char_start AS surface_start, char_end AS surface_end,
           CASE WHEN assertion = 'alleged' AND own THEN 0 WHEN assertion = 'alleged' THEN 1
                WHEN assertion = 'claimed-practice' THEN 2 ELSE 3 END AS place
    FROM practices
    WHERE coalesce($kind, 'practice') = 'practice'
    UNION ALL BY NAME
    SELECT 'mention' AS kind, platform_id AS finding, article_id, platform_id, NULL AS assertion, NULL AS own,
           field, char_start AS surface_start, char_end AS surface_end, 4 AS place
    FROM mentions
    WHERE role = 'subject' AND (($kind = 'mention') OR ($kind::VARCHAR IS NULL AND $platform::VARCHAR IS NOT NULL))
    UNION ALL BY NAME
    SELECT 'tip' AS kind, tip_id AS finding, article_id, NULL AS platform_id, NULL AS assertion, NULL AS own,
           field, char_start AS surface_start, char_end AS surface_end, 5 AS place
    FROM tip_sources WHERE $kind = 'tip'
    UNION ALL BY NAME
    SELECT 'law' AS kind, law_id AS finding, article_id, NULL AS platform_id, NULL AS assertion, NULL AS own,
           field, char_start AS surface_start, char_end AS surface_end, 6 AS place
    FROM laws WHERE $kind = 'law'
),
held AS (
    SELECT article_id, url, story_id, held_site_id, sourced, state, published_at, published_doubt, first_seen_at
    FROM chosen WHERE once
),
matching AS (
    SELECT h.*, f.* EXCLUDE (article_id)
    FROM held h JOIN found f ON f.article_id = h.article_id
    WHERE ($finding::VARCHAR IS NULL OR f.finding = $finding)
      AND ($platform::VARCHAR IS NULL OR f.platform_id = $platform OR f.kind IN ('tip', 'law'))
      AND ($practice::VARCHAR IS NULL OR f.kind <> 'practice' OR f.finding = $practice)
      AND ($assertion::VARCHAR IS NULL OR f.assertion = $assertion)
),
told AS (
    SELECT story_id,
           count(DISTINCT url) AS pages,
           count(DISTINCT held_site_id) FILTER (sourced) AS sites,
           count(DISTINCT url) FILTER (state = 'live') AS live_pages,
           min_by(struct_pack(article_id := article_id, kind := kind, finding := finding,
                              platform_id := platform_id, assertion := assertion, own := own, field := field,
                              surface_start := surface_start, surface_end := surface_end, place := place,
                              published_at := published_at, published_doubt := published_doubt,
                              first_seen_at := first_seen_at, state := state),
                  (place, first_seen_at, article_id, field <> 'text', surface_start, finding)) AS best
    FROM matching
    GROUP BY story_id
),
ordered AS (
    SELECT *, count(*) OVER () AS found
    FROM told
    ORDER BY best.place, pages DESC, story_id
    LIMIT $size OFFSET $first
)
SELECT o.story_id, o.best.article_id AS article_id, o.best.kind AS kind, o.best.finding AS finding,
       o.best.platform_id AS platform_id, o.best.assertion AS assertion, o.best.own AS own,
       o.best.field AS field, o.best.surface_start AS surface_start, o.best.surface_end AS surface_end,
       o.pages, o.sites, o.live_pages, a.title, o.best.published_at AS published_at,
       o.best.published_doubt AS published_doubt, o.best.first_seen_at AS first_seen_at, o.best.state AS state,
       o.found
FROM ordered o JOIN articles a ON a.article_id = o.best.article_id
ORDER BY o.best.place, o.pages DESC, o.story_id;
