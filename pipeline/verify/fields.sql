-- question: what do these articles say, and what do their pages?
-- $articles: list of ids
-- columns: article_id, field, said, original (NULL where it is missing), url, payload_sha256, title, text,
--          text_sha256, n_chars
SELECT a.article_id, f.field, CASE f.field WHEN 'title' THEN a.title ELSE a.text END AS said,
       o.text AS original, a.url, a.payload_sha256, a.title, a.text, a.text_sha256, a.n_chars
FROM articles a, (VALUES ('title'), ('text')) f(field)
LEFT JOIN originals o ON o.article_id = a.article_id AND o.field = f.field
WHERE a.article_id IN (SELECT unnest($articles::VARCHAR[]))
ORDER BY a.article_id, f.field;
