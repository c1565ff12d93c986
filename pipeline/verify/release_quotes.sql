-- question: which quotes of a release are to be compared with which archived responses?
-- $limit: so many articles, others in every release of other pages
-- columns: article_id, quotes (list of quote, start, end, field), edits (list of field, start, end, original),
--          fetches (list of url, warc_file, warc_offset, payload_sha256, …)
WITH chosen AS (
    SELECT DISTINCT article_id FROM practices ORDER BY md5(article_id) LIMIT $limit
)
SELECT c.article_id,
       (SELECT list({'quote': quote, 'start': quote_start, 'end': quote_end, 'field': field})
        FROM (SELECT DISTINCT quote, quote_start, quote_end, field FROM practices p
              WHERE p.article_id = c.article_id)) AS quotes,
       (SELECT list({'field': field, 'kind': kind, 'start': char_start, 'end': char_end, 'original': original,
                     'confidence': confidence} ORDER BY ordinal)
        FROM edits e WHERE e.article_id = c.article_id) AS edits,
       (SELECT list(f) FROM article_pages g JOIN fetches f USING (fetch_id)
        WHERE g.article_id = c.article_id) AS fetches
FROM chosen c;
