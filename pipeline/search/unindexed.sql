-- question: which current texts are not in the index yet?
-- reads: indexed(article, digest)
-- columns: article, digest (as numbers), title, text
SELECT ('0x' || a.article_id[3:])::UBIGINT AS article, ('0x' || a.text_sha256[:16])::UBIGINT AS digest, a.title, a.text
FROM articles a
WHERE a.is_current AND ('0x' || a.article_id[3:])::UBIGINT NOT IN (SELECT article FROM indexed)
ORDER BY a.article_id;
