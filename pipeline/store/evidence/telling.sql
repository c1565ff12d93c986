-- question: which findings stand behind a figure, one a story?
-- $kind (practice | tip | law | mention), $finding, $platform, $practice, $assertion: NULL lets everything through
-- $first $size: which of the rows; $each: of each platform at once (each-platform.sql), as if it were $platform
-- reads: chosen
-- columns: per (see chosen.sql), those of findings.sql; then pages, sites (of the story, among the chosen), live_pages, title,
--          published_at, published_doubt, first_seen_at, state, found (stories in all)
-- A story is shown by its most telling finding: what somebody reports himself before what stands in a template; of
-- several articles that have such a one by that which was seen first. Which stories are shown is decided in numbers,
-- before any words are read, and words of the articles shown are all that is read.
WITH kinds AS (
    SELECT number,
           CASE WHEN kind = 'tip' THEN 5 WHEN kind = 'law' THEN 6 WHEN assertion = 'alleged' AND own THEN 0
                WHEN assertion = 'alleged' THEN 1 WHEN assertion = 'claimed-practice' THEN 2 ELSE 3 END AS place
    FROM counted_kinds
    WHERE kind = coalesce($kind, 'practice')
      AND ($finding::VARCHAR IS NULL OR finding = $finding)
      AND ($practice::VARCHAR IS NULL OR kind <> 'practice' OR finding = $practice)
      AND ($assertion::VARCHAR IS NULL OR assertion = $assertion)
),
-- Where nothing but the articles is chosen, as what each says was put in order with the snapshot.
said AS (
    SELECT article, CASE WHEN $each THEN platform_id END AS per, place
    FROM chosen
    WHERE once AND place IS NOT NULL AND coalesce($kind, 'practice') = 'practice'
      AND $finding::VARCHAR IS NULL AND $practice::VARCHAR IS NULL AND $assertion::VARCHAR IS NULL
    UNION ALL
    SELECT t.article, CASE WHEN $each THEN t.platform_id END AS per, k.place
    FROM counted_findings t JOIN kinds k USING (number)
    WHERE ($finding::VARCHAR IS NOT NULL OR $practice::VARCHAR IS NOT NULL OR $assertion::VARCHAR IS NOT NULL
           OR $kind IN ('tip', 'law', 'mention'))
      AND CASE WHEN $each THEN t.platform_id IS NOT NULL
               ELSE t.platform_id IS NOT DISTINCT FROM
                    CASE WHEN coalesce($kind, 'practice') = 'practice' THEN $platform::VARCHAR END END
    UNION ALL
    SELECT article, CASE WHEN $each THEN platform_id END AS per, 4 AS place
    FROM counted
    WHERE platform_id IS NOT NULL AND ($platform::VARCHAR IS NULL OR platform_id = $platform)
      AND ($kind = 'mention' OR ($kind::VARCHAR IS NULL AND ($each OR $platform::VARCHAR IS NOT NULL)))
      AND ($finding::VARCHAR IS NULL OR platform_id = $finding)
      AND $assertion::VARCHAR IS NULL
),
claims AS MATERIALIZED (SELECT article, per, min(place) AS place FROM said GROUP BY article, per),
stories AS MATERIALIZED (
    SELECT h.per, h.story, min(c.place) AS place, count(*) AS pages
    FROM chosen h JOIN claims c ON c.article = h.article AND (NOT $each OR c.per = h.per)
    WHERE h.once AND h.story IS NOT NULL
    GROUP BY h.per, h.story
),
shown AS (
    (SELECT * FROM stories WHERE NOT $each ORDER BY place, pages DESC, story LIMIT $size OFFSET $first)
    UNION ALL
    SELECT * FROM stories WHERE $each
    QUALIFY row_number() OVER (PARTITION BY per ORDER BY place, pages DESC, story) BETWEEN $first + 1 AND $first + $size
),
ordered AS MATERIALIZED (
    SELECT s.*, t.found, row_number() OVER (PARTITION BY s.per ORDER BY s.place, s.pages DESC, s.story) AS nth
    FROM shown s JOIN (SELECT per, count(*) AS found FROM stories GROUP BY per) t
        ON NOT $each OR t.per = s.per
),
best AS MATERIALIZED (
    SELECT h.per, h.story, count(DISTINCT h.site) AS sites, count(*) FILTER (h.state = 'live') AS live_pages,
           min_by(struct_pack(article_id := h.article_id, published_at := h.published_at,
                              published_doubt := h.published_doubt, first_seen_at := h.first_seen_at,
                              state := h.state), (c.place, h.first_seen_at, h.article_id)) AS shown
    FROM chosen h
    JOIN claims c ON c.article = h.article AND (NOT $each OR c.per = h.per)
    JOIN ordered o ON o.story = h.story AND (NOT $each OR o.per = h.per)
    WHERE h.once
    GROUP BY h.per, h.story
),
wanted AS MATERIALIZED (SELECT DISTINCT shown.article_id AS article_id FROM best),
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
-- What stands on the first page has the article's own URL and payload.
parts AS (FROM article_pages WHERE ordinal > 1 AND article_id IN (FROM wanted))
SELECT o.per, t.f.kind AS kind, t.f.finding AS finding, a.article_id, a.story_id, t.f.platform_id AS platform_id,
       t.f.assertion AS assertion, t.f.attribution AS attribution, t.f.own AS own,
       t.f.rests_on_restoration AS rests_on_restoration, t.f.rule AS rule, t.f.field AS field,
       t.f.surface_start AS surface_start, t.f.surface_end AS surface_end, t.f.surface AS surface,
       t.f.sentence_start AS sentence_start, t.f.sentence_end AS sentence_end, coalesce(g.url, a.url) AS url,
       a.site_id, a.sourced, coalesce(w.fetched_at, a.fetched_at) AS fetched_at,
       coalesce(g.payload_sha256, a.payload_sha256) AS payload_sha256, w.warc_file, w.warc_offset,
       o.pages, b.sites, b.live_pages, a.title, b.shown.published_at AS published_at,
       b.shown.published_doubt AS published_doubt, b.shown.first_seen_at AS first_seen_at, b.shown.state AS state,
       o.found
FROM ordered o
JOIN best b ON b.story = o.story AND (NOT $each OR b.per = o.per)
JOIN telling t ON t.f.article_id = b.shown.article_id AND (NOT $each OR t.per = o.per)
JOIN held a ON a.article_id = b.shown.article_id
LEFT JOIN parts g ON g.article_id = a.article_id AND g.field = t.f.field
    AND t.f.surface_start >= g.char_start AND t.f.surface_start < g.char_end
LEFT JOIN fetches w ON w.fetch_id = coalesce(g.fetch_id, a.fetch_id)
ORDER BY o.per, o.nth;
