-- question: which of some current texts are not in the index yet?
-- parameters: $first, $last: the ids that bound them; reads: indexed(article, digest)
-- columns: article, digest (as numbers), title, text
-- Articles lie in the order of their ids, so that the others are not looked at, and few texts are put in order.
SELECT ('0x' || a.article_id[3:])::UBIGINT AS article, ('0x' || a.text_sha256[:16])::UBIGINT AS digest, a.title, a.text
FROM articles a
WHERE a.article_id BETWEEN $first AND $last
  AND a.is_current AND ('0x' || a.article_id[3:])::UBIGINT NOT IN (SELECT article FROM indexed)
ORDER BY a.article_id;
