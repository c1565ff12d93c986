-- question: which pages were read where other pages of their site have something aside of the article?
-- parameters: $beside: share of a page's text that stands aside elsewhere
-- reads: teaching_passages; gives: article_id, digests (every line of the page that stands aside elsewhere)
WITH beside AS (
    SELECT page
    FROM teaching_passages WHERE inside
    GROUP BY page
    HAVING sum(chars) FILTER (WHERE is_aside) >= $beside * sum(chars)
)
SELECT article_id, list(DISTINCT printf('%016x', digest) ORDER BY printf('%016x', digest)) FILTER (WHERE is_aside) AS digests
FROM teaching_passages SEMI JOIN beside USING (page)
GROUP BY article_id
ORDER BY article_id
