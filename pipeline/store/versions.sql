-- question: which payloads of a URL are versions of its text, and which is its newest?
-- reads: part_articles (views over parts), part_failures (urls), loaded fetches
-- makes: versions(article_id, version, is_current)
-- A payload whose text equals the one before it is no version. A text that comes back with an earlier
-- payload makes that earlier row current again: one row a payload, as the id says.
CREATE TEMP TABLE versions AS
WITH seen AS (
    SELECT a.article_id, a.url, a.text_sha256, f.fetched_at, f.fetch_id
    FROM part_articles a
    JOIN fetches f ON f.url = a.url AND f.payload_sha256 = a.payload_sha256
    WHERE f.outcome IN ('new', 'changed', 'unchanged')
      AND a.url NOT IN (SELECT url FROM part_failures)
),
stepped AS (
    SELECT *, lag(text_sha256) OVER (PARTITION BY url ORDER BY fetched_at, fetch_id) AS before
    FROM seen
),
changes AS (
    SELECT * FROM stepped WHERE before IS NULL OR before <> text_sha256
),
held AS (
    SELECT url, article_id,
           min(fetched_at) AS first_at, min_by(fetch_id, fetched_at) AS first_fetch,
           max(fetched_at) AS last_at
    FROM changes GROUP BY url, article_id
)
SELECT article_id,
       row_number() OVER (PARTITION BY url ORDER BY first_at, first_fetch) AS version,
       last_at = max(last_at) OVER (PARTITION BY url) AS is_current
FROM held;
