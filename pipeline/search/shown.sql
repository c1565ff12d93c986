-- question: what do these articles say?
-- $places: list of the rows of articles, as catalogue.sql has them: looked up at once, where ids would be searched for
SELECT article_id, url, title, text, story_id, site_id, sourced, fetched_at, published_at
FROM articles WHERE rowid IN (SELECT unnest($places::BIGINT[]));
