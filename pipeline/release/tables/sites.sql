-- question: which sites, counted over the released pages?
-- $unsourced: true where pages of unknown origin were asked for
WITH visits AS (
    SELECT f.site_id, min(f.fetched_at) AS first_crawled_at,
           count(DISTINCT f.url) FILTER (f.http_status IS NOT NULL) AS n_fetched
    FROM fetches f SEMI JOIN kept_pages USING (url) GROUP BY f.site_id
),
refusals AS (
    SELECT p.site_id, count(*) AS n_blocked
    FROM drops d JOIN pages p USING (url) SEMI JOIN kept_pages USING (url)
    WHERE d.reason IN ('robots', 'blocked') GROUP BY p.site_id
)
SELECT s.* REPLACE ((SELECT count(*) FROM pages p SEMI JOIN kept_pages USING (url)
                     WHERE p.site_id = s.site_id) AS n_pages,
                    (SELECT count(*) FROM kept_articles a
                     WHERE a.site_id = s.site_id AND a.is_current) AS n_articles),
       v.first_crawled_at, coalesce(v.n_fetched, 0) AS n_fetched, coalesce(r.n_blocked, 0) AS n_blocked
FROM sites s LEFT JOIN visits v USING (site_id) LEFT JOIN refusals r USING (site_id)
WHERE $unsourced OR s.home_url IS NOT NULL
   OR EXISTS (FROM pages p SEMI JOIN kept_pages USING (url) WHERE p.site_id = s.site_id)
ORDER BY s.site_id;
