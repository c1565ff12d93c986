-- question: which is the smallest article id of each site?
-- reads: part_articles, versions; gives: site_id, article_id
SELECT site_id, min(article_id) AS article_id
FROM part_articles SEMI JOIN versions USING (article_id)
WHERE sourced GROUP BY site_id ORDER BY site_id
