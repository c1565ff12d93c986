-- question: what do these articles say, as this snapshot has it?
-- $articles
-- columns: article_id, title, text
SELECT article_id, title, text FROM articles WHERE article_id IN (FROM unnest($articles)) ORDER BY article_id;
