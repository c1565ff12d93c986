-- question: which pages were read where other pages of their site have something aside of the article?
-- parameters: $beside: share of a page's text that stands aside elsewhere
-- reads: teaching_passages; gives: article_id, digests (every line of the page that stands aside elsewhere)
SELECT article_id, list(DISTINCT digest ORDER BY digest) FILTER (WHERE is_aside) AS digests
FROM teaching_passages
GROUP BY article_id
HAVING sum(chars) FILTER (WHERE inside AND is_aside) >= $beside * sum(chars) FILTER (WHERE inside)
ORDER BY article_id
