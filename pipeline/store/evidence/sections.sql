-- question: which sections has one article?
-- $id
-- columns: those of sections without the article
SELECT * EXCLUDE article_id FROM sections WHERE article_id = $id ORDER BY ordinal;
