-- question: which article is meant by an id or a URL?
-- $said
-- columns: id; of a URL its newest version, of a further page of a divided article that article
SELECT article_id AS id FROM articles
WHERE article_id = $said OR article_id IN (SELECT article_id FROM article_pages WHERE url = $said)
   OR url = $said
ORDER BY url = $said DESC, is_current DESC, version DESC LIMIT 1;
