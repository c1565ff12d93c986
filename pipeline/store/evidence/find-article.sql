-- question: which article is meant by an id or a URL?
-- $said
-- columns: id; of a URL its newest version
SELECT article_id AS id FROM articles
WHERE article_id = $said OR url = $said
ORDER BY is_current DESC, version DESC LIMIT 1;
