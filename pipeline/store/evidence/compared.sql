-- question: what do the compared stories of a template say?
-- $articles: list of ids, so that their index finds them
-- columns: article_id, story_id, site_id, url, text
SELECT article_id, story_id, site_id, url, text FROM articles WHERE article_id IN (FROM unnest($articles));
