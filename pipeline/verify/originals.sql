-- question: which words of their pages do these articles hold?
-- $articles: list of ids
-- columns: article_id, text; title first
SELECT article_id, text FROM originals WHERE article_id IN (SELECT unnest($articles::VARCHAR[]))
ORDER BY article_id, field DESC;
