-- question: which sites, counted over the released pages?
-- $unsourced: true where pages of unknown origin were asked for
SELECT s.* REPLACE ((SELECT count(*) FROM pages p SEMI JOIN kept_pages USING (url)
                     WHERE p.site_id = s.site_id) AS n_pages,
                    (SELECT count(*) FROM kept_articles a
                     WHERE a.site_id = s.site_id AND a.is_current) AS n_articles)
FROM sites s
WHERE $unsourced OR s.home_url IS NOT NULL
   OR EXISTS (FROM pages p SEMI JOIN kept_pages USING (url) WHERE p.site_id = s.site_id)
ORDER BY s.site_id;
