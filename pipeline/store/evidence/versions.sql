-- question: which versions of this article's page are kept?
-- $id
-- columns: article_id, version, is_current, fetched_at, published_at, title, text, n_chars, payload_sha256
SELECT article_id, version, is_current, fetched_at, published_at, title, text, n_chars, payload_sha256
FROM articles WHERE url = (SELECT url FROM articles WHERE article_id = $id) ORDER BY version;
