-- question: which articles tell the stories of these?
-- $articles: list of ids
-- columns: article_id, story_id
SELECT article_id, story_id FROM articles
WHERE story_id IN (SELECT story_id FROM articles WHERE article_id IN (SELECT unnest($articles::VARCHAR[])));
