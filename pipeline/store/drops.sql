-- question: why did a page yield no article?
-- reads: known_pages (with kind and loss), part_drops, articles, fetches
-- makes: drops, exactly one row for every page without an article; then pages
INSERT INTO drops BY NAME
WITH last_run AS (
    SELECT url, arg_max(run_id, (fetched_at, fetch_id)) AS run_id FROM fetches GROUP BY url
),
found AS (
    SELECT url, stage, reason, run_id
    FROM part_drops
    QUALIFY row_number() OVER (PARTITION BY url ORDER BY run_id DESC, stage, reason) = 1
)
SELECT k.url,
       coalesce(d.run_id, r.run_id) AS run_id,
       CASE WHEN k.loss IN ('truncated-warc', 'payload-elsewhere') THEN 'import'
            WHEN k.loss IS NOT NULL OR d.reason IS NULL THEN 'crawl'
            ELSE d.stage END AS stage,
       CASE WHEN k.loss IS NOT NULL THEN k.loss
            WHEN k.kind = 'list' THEN 'list-page'
            WHEN k.kind = 'sitemap' THEN 'sitemap'
            ELSE coalesce(d.reason, 'not-fetched') END AS reason
FROM known_pages k
ANTI JOIN articles a ON a.url = k.url
LEFT JOIN found d ON d.url = k.url
LEFT JOIN last_run r ON r.url = k.url
ORDER BY k.url;

INSERT INTO pages BY NAME
SELECT url, site_id, state, sourced, first_seen_at, last_seen_at, last_changed_at, visits, changes,
       next_visit_at
FROM known_pages ORDER BY url;
