-- question: which texts, names left out, stand on which sites?
-- reads: copy_articles, copy_stories
-- gives: site_id, cluster, n_pages, article_id and url (the first page with it), in the order of all
SELECT a.site_id, s.cluster, count(DISTINCT a.url) AS n_pages,
       min_by(a.article_id, (a.url, a.article_id)) AS article_id, min(a.url) AS url
FROM copy_articles a JOIN copy_stories s USING (number)
WHERE a.sourced AND a.is_current
GROUP BY ALL
ORDER BY ALL
