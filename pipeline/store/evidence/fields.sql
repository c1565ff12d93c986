-- question: which words stand in these articles' fields, and which on their pages?
-- $articles: list of ids
-- columns: article_id, field, text, original
SELECT a.article_id, o.field, CASE o.field WHEN 'title' THEN a.title ELSE a.text END AS text, o.text AS original
FROM articles a JOIN originals o USING (article_id)
WHERE a.article_id IN (SELECT unnest($articles::VARCHAR[]));
