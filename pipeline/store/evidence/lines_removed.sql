-- question: which lines_removed has one article?
-- $id
-- columns: those of lines_removed without the article
SELECT * EXCLUDE article_id FROM lines_removed WHERE article_id = $id ORDER BY ordinal;
