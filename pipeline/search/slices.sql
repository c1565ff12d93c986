-- question: of current texts that are not in the index yet, which ids bound so many of them at a time?
-- parameters: $together (texts); reads: indexed(article, digest)
-- columns: first, last (ids), in their order
WITH due AS (
    SELECT article_id, (row_number() OVER (ORDER BY article_id) - 1) // $together AS slice
    FROM articles
    WHERE is_current AND ('0x' || article_id[3:])::UBIGINT NOT IN (SELECT article FROM indexed)
)
SELECT min(article_id) AS first, max(article_id) AS last FROM due GROUP BY slice ORDER BY slice;
