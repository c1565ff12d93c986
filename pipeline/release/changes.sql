-- question: what became of the articles and pages of an earlier release?
-- $before, $after: folders of Parquet files
-- columns: url, site_id, what (added, changed, gone, removed); one row a URL that differs
WITH before_articles AS (
    SELECT url, site_id, text_sha256 FROM read_parquet($before || '/articles.parquet') WHERE is_current
),
after_articles AS (
    SELECT url, site_id, text_sha256 FROM read_parquet($after || '/articles.parquet') WHERE is_current
),
before_gone AS (
    SELECT url FROM read_parquet($before || '/pages.parquet') WHERE state IN ('gone', 'soft-404')
),
after_gone AS (
    SELECT url, site_id FROM read_parquet($after || '/pages.parquet') WHERE state IN ('gone', 'soft-404')
)
SELECT url, site_id, 'added' AS what FROM after_articles ANTI JOIN before_articles USING (url)
UNION ALL
SELECT url, a.site_id, 'changed' FROM after_articles a JOIN before_articles b USING (url)
WHERE a.text_sha256 <> b.text_sha256
UNION ALL
SELECT url, g.site_id, 'gone' FROM after_gone g SEMI JOIN before_articles USING (url) ANTI JOIN before_gone USING (url)
UNION ALL
SELECT url, site_id, 'removed' FROM before_articles ANTI JOIN after_articles USING (url)
ORDER BY url, what;
