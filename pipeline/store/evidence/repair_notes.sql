-- question: which repair_notes has one article?
-- $id
-- columns: those of repair_notes without the article
SELECT * EXCLUDE article_id FROM repair_notes WHERE article_id = $id ORDER BY field, char_start;
