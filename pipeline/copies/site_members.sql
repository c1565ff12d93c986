-- question: which is the smallest article id of each site?
-- reads: copy_articles; gives: site_id, article_id
SELECT site_id, min(article_id) AS article_id FROM copy_articles WHERE sourced GROUP BY site_id ORDER BY site_id
