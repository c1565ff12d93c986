-- question: which words stand in these articles' fields, and which on their pages?
-- $articles: list of ids
-- columns: article_id, field, text, original
-- Each table is asked for these articles by itself, so that its index finds them.
WITH wanted AS (SELECT unnest($articles::VARCHAR[]) AS article_id),
said AS (FROM articles WHERE article_id IN (FROM wanted)),
shown AS (FROM originals WHERE article_id IN (FROM wanted))
SELECT a.article_id, o.field, CASE o.field WHEN 'title' THEN a.title ELSE a.text END AS text, o.text AS original
FROM said a JOIN shown o USING (article_id);
