-- question: which advice do articles give, and how many independent ones?
-- columns: tip_id, label_zh, label_en, promotional, then those of levels_of (levels.sql)
WITH keyed AS (
    SELECT t.tip_id AS id, c.*
    FROM chosen c JOIN (SELECT DISTINCT tip_id, article_id FROM tip_sources) t ON t.article_id = c.article_id
)
SELECT l.id AS tip_id, coalesce(k.label_zh, l.id) AS label_zh, coalesce(k.label_en, l.id) AS label_en,
       coalesce(k.promotional, false) AS promotional, l.* EXCLUDE (id)
FROM levels_of('keyed') l LEFT JOIN tips k ON k.tip_id = l.id
ORDER BY l.stories DESC, tip_id;
