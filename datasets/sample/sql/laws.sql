-- question: which laws, rules and hotlines do articles cite?
-- columns: law_id, label_zh, label_en, note, then those of levels_of (levels.sql)
WITH keyed AS (
    SELECT t.law_id AS id, c.*
    FROM chosen c JOIN (SELECT DISTINCT law_id, article_id FROM laws) t ON t.article_id = c.article_id
)
SELECT l.id AS law_id, coalesce(k.label_zh, l.id) AS label_zh, k.label_en, k.note, l.* EXCLUDE (id)
FROM levels_of('keyed') l LEFT JOIN law_kinds k ON k.law_id = l.id
ORDER BY l.stories DESC, law_id;
