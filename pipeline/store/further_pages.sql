-- question: which further pages have the articles whose first page is in `taken`?
-- reads: taken(url)
-- columns: url, of: the first page
SELECT DISTINCT p.url, a.url AS of
FROM articles a JOIN article_pages p USING (article_id)
WHERE a.url IN (FROM taken) AND p.url <> a.url
ORDER BY ALL;
