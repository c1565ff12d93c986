-- question: which findings stand behind a figure, one a story?
-- $kind (practice | tip | law | mention), $finding, $platform, $practice, $assertion: NULL lets everything through
-- $each: of each platform at once (each-platform.sql), as if it were $platform
-- reads: told_stories (told-stories.sql)
-- columns: per (see chosen.sql), those of findings.sql; then pages, sites, live_pages, title, published_at,
--          published_doubt, first_seen_at, state, found (of told-stories.sql)
-- A story is shown by its most telling finding: what somebody reports himself before what stands in a template.
-- Words of the articles shown are all that is read.
WITH wanted AS (SELECT DISTINCT article_id FROM told_stories),
found AS (
    SELECT 'practice' AS kind, practice_id AS finding, article_id, platform_id, assertion, attribution, own,
           rests_on_restoration, rule, field, char_start AS surface_start, char_end AS surface_end, surface,
           sentence_start, sentence_end,
           CASE WHEN assertion = 'alleged' AND own THEN 0 WHEN assertion = 'alleged' THEN 1
                WHEN assertion = 'claimed-practice' THEN 2 ELSE 3 END AS place
    FROM practices
    WHERE coalesce($kind, 'practice') = 'practice' AND article_id IN (FROM wanted)
    UNION ALL BY NAME
    SELECT 'mention' AS kind, platform_id AS finding, article_id, platform_id, NULL AS assertion, rule, field,
           char_start AS surface_start, char_end AS surface_end, surface, 4 AS place
    FROM mentions
    WHERE role = 'subject' AND article_id IN (FROM wanted)
      AND ($kind = 'mention' OR ($kind::VARCHAR IS NULL AND ($each OR $platform::VARCHAR IS NOT NULL)))
    UNION ALL BY NAME
    SELECT 'tip' AS kind, tip_id AS finding, article_id, rule, field, char_start AS surface_start,
           char_end AS surface_end, surface, char_start AS sentence_start, char_end AS sentence_end, 5 AS place
    FROM tip_sources WHERE $kind = 'tip' AND article_id IN (FROM wanted)
    UNION ALL BY NAME
    SELECT 'law' AS kind, law_id AS finding, article_id, note AS rule, field, char_start AS surface_start,
           char_end AS surface_end, surface, 6 AS place
    FROM laws WHERE $kind = 'law' AND article_id IN (FROM wanted)
),
telling AS (
    SELECT per, min_by(f, (f.place, f.field <> 'text', f.surface_start, f.finding)) AS f
    FROM (SELECT *, CASE WHEN $each THEN platform_id END AS per FROM found) f
    WHERE ($finding::VARCHAR IS NULL OR f.finding = $finding)
      AND ($platform::VARCHAR IS NULL OR f.platform_id = $platform OR f.kind IN ('tip', 'law'))
      AND ($practice::VARCHAR IS NULL OR f.kind <> 'practice' OR f.finding = $practice)
      AND ($assertion::VARCHAR IS NULL OR f.assertion = $assertion)
    GROUP BY f.article_id, per
),
held AS MATERIALIZED (FROM articles WHERE article_id IN (FROM wanted)),
-- What stands on the first page has the article's own URL and payload; most articles have one page only.
parts AS (FROM article_pages WHERE ordinal > 1 AND article_id IN (SELECT article_id FROM held WHERE n_pages > 1))
SELECT o.per, t.f.kind AS kind, t.f.finding AS finding, a.article_id, a.story_id, t.f.platform_id AS platform_id,
       t.f.assertion AS assertion, t.f.attribution AS attribution, t.f.own AS own,
       t.f.rests_on_restoration AS rests_on_restoration, t.f.rule AS rule, t.f.field AS field,
       t.f.surface_start AS surface_start, t.f.surface_end AS surface_end, t.f.surface AS surface,
       t.f.sentence_start AS sentence_start, t.f.sentence_end AS sentence_end, coalesce(g.url, a.url) AS url,
       a.site_id, a.sourced, coalesce(w.fetched_at, a.fetched_at) AS fetched_at,
       coalesce(g.payload_sha256, a.payload_sha256) AS payload_sha256, w.warc_file, w.warc_offset,
       o.pages, o.sites, o.live_pages, a.title, o.published_at, o.published_doubt, o.first_seen_at, o.state, o.found
FROM told_stories o
JOIN telling t ON t.f.article_id = o.article_id AND t.per IS NOT DISTINCT FROM o.per
JOIN held a ON a.article_id = o.article_id
LEFT JOIN parts g ON g.article_id = a.article_id AND g.field = t.f.field
    AND t.f.surface_start >= g.char_start AND t.f.surface_start < g.char_end
LEFT JOIN fetches w ON w.fetch_id = coalesce(g.fetch_id, a.fetch_id)
ORDER BY o.per, o.nth;
