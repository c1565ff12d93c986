-- question: what is the digest of each unit's normal form?
-- reads: copy_articles, part_text_keys; gives: digest (16 hex as a number), in the order of units
SELECT any_value(concat('0x', right(t.normal_sha256, 16))::UBIGINT) AS digest
FROM copy_articles a JOIN part_text_keys t USING (article_id) GROUP BY a.unit ORDER BY a.unit
