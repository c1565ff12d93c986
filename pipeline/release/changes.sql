-- question: what became of the articles and pages of an earlier release?
-- $before, $after: folders of Parquet files
-- columns: what, n, url, site_id; counts of what was added, changed and is gone, and one row a URL that was removed
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
SELECT 'added' AS what, count(*) AS n, NULL AS url, NULL AS site_id
FROM after_articles ANTI JOIN before_articles USING (url)
UNION ALL
SELECT 'changed', count(*), NULL, NULL FROM after_articles a JOIN before_articles b USING (url)
WHERE a.text_sha256 <> b.text_sha256
UNION ALL
SELECT 'gone', count(*), NULL, NULL
FROM after_gone SEMI JOIN before_articles USING (url) ANTI JOIN before_gone USING (url)
UNION ALL
SELECT 'removed', 1, url, site_id FROM before_articles ANTI JOIN after_articles USING (url);
