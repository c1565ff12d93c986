-- question: which payload of its next page goes on with each page's text?
-- parameters: $drafts, $draft_lines: Parquet files
-- reads: joining_seen (url, payload_sha256, fetched_at): when a payload was seen
-- columns: article_id, url, next_id, next_url, title, next_title
-- Of several payloads of the next page the one seen nearest to the last time that this payload was seen: pages
-- of one visit belong together, and a next page that changes alone belongs to what still stands before it.
WITH pages AS (
    SELECT article_id, url, site_id, sourced, payload_sha256, next_url FROM read_parquet($drafts)
),
ways AS (
    SELECT a.article_id, a.url, a.payload_sha256, b.article_id AS next_id, b.url AS next_url,
           b.payload_sha256 AS next_sha256
    FROM pages a
    JOIN pages b ON b.url = a.next_url AND b.site_id = a.site_id AND b.sourced = a.sourced
),
last_seen AS (
    SELECT w.article_id, max(s.fetched_at) AS at
    FROM (SELECT DISTINCT article_id, url, payload_sha256 FROM ways) w
    JOIN joining_seen s USING (url, payload_sha256)
    GROUP BY w.article_id
),
nearest AS (
    SELECT w.article_id, w.url, w.next_url,
           min_by(w.next_id, (abs(epoch_us(s.fetched_at) - epoch_us(l.at)), epoch_us(s.fetched_at), w.next_id)) AS next_id
    FROM ways w
    JOIN last_seen l USING (article_id)
    JOIN joining_seen s ON s.url = w.next_url AND s.payload_sha256 = w.next_sha256
    GROUP BY ALL
),
titles AS (
    SELECT article_id, text FROM read_parquet($draft_lines) WHERE ordinal = 0
)
SELECT n.article_id, n.url, n.next_id, n.next_url, t.text AS title, x.text AS next_title
FROM nearest n
JOIN titles t ON t.article_id = n.article_id
JOIN titles x ON x.article_id = n.next_id
ORDER BY n.article_id;
