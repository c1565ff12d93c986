-- question: which indexed texts does the store no longer hold, in any version?
-- reads: indexed(article, digest); a row where there is one: what was taken down or is written otherwise now
SELECT article FROM indexed i
WHERE NOT EXISTS (FROM articles a WHERE ('0x' || a.article_id[3:])::UBIGINT = i.article
                  AND ('0x' || a.text_sha256[:16])::UBIGINT = i.digest)
LIMIT 1;
