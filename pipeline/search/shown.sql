-- question: what do these articles say?
-- $articles: list of ids
SELECT article_id, url, title, text, story_id, site_id, sourced, fetched_at, published_at
FROM articles WHERE article_id IN (SELECT unnest($articles::VARCHAR[]));
