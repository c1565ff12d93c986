-- question: what do these articles say?
-- $articles: list of ids, so that the index finds them: by their rows, each text would be read with two thousand others
SELECT article_id, url, title, text, story_id, site_id, sourced, fetched_at, published_at
FROM articles WHERE article_id IN (SELECT unnest($articles::VARCHAR[]));
