-- question: what was found in these articles, and by which rule?
-- $articles: list of ids; $platform: only what is said of it, or NULL
-- columns: kind, finding (id of what was found), article_id, story_id, platform_id, assertion, attribution, own,
--          rests_on_restoration, rule, field, surface_start, surface_end, surface, sentence_start, sentence_end
--          (NULL where no stage gave a sentence), url, site_id, sourced, fetched_at, payload_sha256, warc_file, warc_offset
-- Of a divided article `url` and what follows are those of the page that the finding stands on.
WITH wanted AS (SELECT unnest($articles::VARCHAR[]) AS article_id),
found AS (
    SELECT 'practice' AS kind, practice_id AS finding, article_id, platform_id, assertion, attribution, own,
           rests_on_restoration, rule, field, char_start AS surface_start, char_end AS surface_end, surface,
           sentence_start, sentence_end, CASE WHEN assertion = 'alleged' AND own THEN 0
                                              WHEN assertion = 'alleged' THEN 1
                                              WHEN assertion = 'claimed-practice' THEN 2 ELSE 3 END AS place
    FROM practices WHERE article_id IN (FROM wanted)
    UNION ALL BY NAME
    SELECT 'mention' AS kind, platform_id AS finding, article_id, platform_id, role AS assertion, rule, field,
           char_start AS surface_start, char_end AS surface_end, surface, 4 AS place
    FROM mentions WHERE article_id IN (FROM wanted)
    UNION ALL BY NAME
    SELECT 'law' AS kind, law_id AS finding, article_id, note AS rule, field, char_start AS surface_start,
           char_end AS surface_end, surface, 5 AS place
    FROM laws WHERE article_id IN (FROM wanted) AND $platform::VARCHAR IS NULL
    UNION ALL BY NAME
    SELECT 'tip' AS kind, tip_id AS finding, article_id, rule, field, char_start AS surface_start,
           char_end AS surface_end, surface, char_start AS sentence_start, char_end AS sentence_end, 6 AS place
    FROM tip_sources WHERE article_id IN (FROM wanted) AND $platform::VARCHAR IS NULL
),
held AS (FROM articles WHERE article_id IN (FROM wanted)),
-- What stands on the first page has the article's own URL and payload; most articles have one page only.
parts AS (FROM article_pages WHERE ordinal > 1 AND article_id IN (SELECT article_id FROM held WHERE n_pages > 1))
SELECT f.kind, f.finding, f.article_id, a.story_id, f.platform_id, f.assertion, f.attribution, f.own,
       f.rests_on_restoration, f.rule, f.field, f.surface_start, f.surface_end, f.surface, f.sentence_start,
       f.sentence_end, coalesce(g.url, a.url) AS url, a.site_id, a.sourced,
       coalesce(w.fetched_at, a.fetched_at) AS fetched_at,
       coalesce(g.payload_sha256, a.payload_sha256) AS payload_sha256, w.warc_file, w.warc_offset
FROM found f
JOIN held a USING (article_id)
LEFT JOIN parts g ON g.article_id = f.article_id AND g.field = f.field
    AND f.surface_start >= g.char_start AND f.surface_start < g.char_end
LEFT JOIN fetches w ON w.fetch_id = coalesce(g.fetch_id, a.fetch_id)
WHERE ($platform::VARCHAR IS NULL OR f.platform_id = $platform)
ORDER BY f.place, a.fetched_at, a.url, f.field DESC, f.surface_start, f.finding;
