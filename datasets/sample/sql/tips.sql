-- question: which advice do articles give, and how many independent ones?
-- columns: tip_id, label_zh, label_en, promotional, then those of levels_of (levels.sql)
WITH kinds AS (
    SELECT number, finding FROM counted_kinds WHERE kind = 'tip'
),
keyed AS (
    SELECT t.number AS id, c.*
    FROM chosen c JOIN counted_findings t ON t.article = c.article
    WHERE c.once AND t.platform_id IS NULL AND t.number IN (SELECT number FROM kinds)
)
SELECT l.per, n.finding AS tip_id, coalesce(k.label_zh, n.finding) AS label_zh, coalesce(k.label_en, n.finding) AS label_en,
       coalesce(k.promotional, false) AS promotional, l.* EXCLUDE (per, id)
FROM levels_of('keyed') l JOIN kinds n ON n.number = l.id LEFT JOIN tips k ON k.tip_id = n.finding
ORDER BY l.stories DESC, tip_id;
