-- question: which findings stand behind a figure, one a story?
-- $kind (practice | tip | law | mention), $finding, $platform, $practice, $assertion: NULL lets everything through
-- $first $size: which of the rows
-- reads: chosen
-- columns: story_id, article_id, kind, finding, platform_id, assertion, own, field, surface_start, surface_end,
--          pages, sites (of the story, among the chosen), live_pages, title, published_at, published_doubt,
--          first_seen_at, state, found (stories in all)
-- A story is shown by its most telling finding: what somebody reports himself before what stands in a template.
WITH found AS NOT MATERIALIZED (
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
held AS NOT MATERIALIZED (
    SELECT article_id, article, story, story_id, site, state, published_at, published_doubt, first_seen_at
    FROM chosen WHERE once
),
-- What the articles say, in numbers: which stories are shown is decided before any words of theirs are read.
claims AS NOT MATERIALIZED (
    SELECT t.article, k.kind, k.finding, k.assertion,
           CASE WHEN k.kind = 'tip' THEN 5 WHEN k.kind = 'law' THEN 6 WHEN k.assertion = 'alleged' AND k.own THEN 0
                WHEN k.assertion = 'alleged' THEN 1 WHEN k.assertion = 'claimed-practice' THEN 2 ELSE 3 END AS place
    FROM counted_findings t JOIN counted_kinds k USING (number)
    WHERE k.kind = coalesce($kind, 'practice')
      AND t.platform_id IS NOT DISTINCT FROM CASE WHEN k.kind = 'practice' THEN $platform::VARCHAR END
    UNION ALL BY NAME
    SELECT article, 'mention' AS kind, platform_id AS finding, 4 AS place
    FROM counted
    WHERE (platform_id = $platform OR ($platform::VARCHAR IS NULL AND platform_id IS NOT NULL))
      AND (($kind = 'mention') OR ($kind::VARCHAR IS NULL AND $platform::VARCHAR IS NOT NULL))
),
ordered AS MATERIALIZED (
    SELECT h.story, min(c.place) AS place, count(DISTINCT h.article) AS pages, count(DISTINCT h.site) AS sites,
           count(DISTINCT h.article) FILTER (h.state = 'live') AS live_pages, any_value(h.story_id) AS story_id,
           count(*) OVER () AS found
    FROM held h JOIN claims c USING (article)
    WHERE ($finding::VARCHAR IS NULL OR c.finding = $finding)
      AND ($practice::VARCHAR IS NULL OR c.kind <> 'practice' OR c.finding = $practice)
      AND ($assertion::VARCHAR IS NULL OR c.assertion = $assertion)
    GROUP BY h.story
    ORDER BY place, pages DESC, h.story
    LIMIT $size OFFSET $first
),
telling AS MATERIALIZED (SELECT * FROM held WHERE story IN (SELECT story FROM ordered)),
matching AS (
    SELECT h.*, f.* EXCLUDE (article_id)
    FROM telling h JOIN found f ON f.article_id = h.article_id
    WHERE ($finding::VARCHAR IS NULL OR f.finding = $finding)
      AND ($platform::VARCHAR IS NULL OR f.platform_id = $platform OR f.kind IN ('tip', 'law'))
      AND ($practice::VARCHAR IS NULL OR f.kind <> 'practice' OR f.finding = $practice)
      AND ($assertion::VARCHAR IS NULL OR f.assertion = $assertion)
),
best AS (
    SELECT story,
           min_by(struct_pack(article_id := article_id, kind := kind, finding := finding,
                              platform_id := platform_id, assertion := assertion, own := own, field := field,
                              surface_start := surface_start, surface_end := surface_end,
                              published_at := published_at, published_doubt := published_doubt,
                              first_seen_at := first_seen_at, state := state),
                  (place, first_seen_at, article_id, field <> 'text', surface_start, finding)) AS best
    FROM matching
    GROUP BY story
)
SELECT o.story_id, b.best.article_id AS article_id, b.best.kind AS kind, b.best.finding AS finding,
       b.best.platform_id AS platform_id, b.best.assertion AS assertion, b.best.own AS own,
       b.best.field AS field, b.best.surface_start AS surface_start, b.best.surface_end AS surface_end,
       o.pages, o.sites, o.live_pages, a.title, b.best.published_at AS published_at,
       b.best.published_doubt AS published_doubt, b.best.first_seen_at AS first_seen_at, b.best.state AS state,
       o.found
FROM ordered o JOIN best b USING (story) JOIN articles a ON a.article_id = b.best.article_id
ORDER BY o.place, o.pages DESC, o.story;
