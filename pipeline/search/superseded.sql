-- question: which indexed texts are older versions now?
-- reads: indexed(article, digest)
SELECT article FROM indexed i
WHERE NOT EXISTS (FROM articles a WHERE ('0x' || a.article_id[3:])::UBIGINT = i.article AND a.is_current);
