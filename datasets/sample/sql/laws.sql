-- question: which laws, rules and hotlines do articles cite?
-- columns: law_id, label_zh, label_en, note, then those of levels_of (levels.sql)
WITH kinds AS (
    SELECT number, finding FROM counted_kinds WHERE kind = 'law'
),
keyed AS (
    SELECT t.number AS id, c.*
    FROM chosen c JOIN counted_findings t ON t.article = c.article
    WHERE c.once AND t.platform_id IS NULL AND t.number IN (SELECT number FROM kinds)
)
SELECT l.per, n.finding AS law_id, coalesce(k.label_zh, n.finding) AS label_zh, k.label_en, k.note, l.* EXCLUDE (per, id)
FROM levels_of('keyed') l JOIN kinds n ON n.number = l.id LEFT JOIN law_kinds k ON k.law_id = n.finding
ORDER BY l.stories DESC, law_id;
