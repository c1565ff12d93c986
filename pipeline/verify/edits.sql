-- question: what was repaired in these articles?
-- $articles: list of ids
-- columns: those of edits
SELECT * FROM edits WHERE article_id IN (SELECT unnest($articles::VARCHAR[]));
