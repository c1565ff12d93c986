-- question: which sites belong together, and what do they publish?
-- columns: operator_id, those of levels_of (levels.sql; operators is 1), confidence, evidence
-- Unsourced pages count in no operator.
WITH keyed AS (
    SELECT held_operator_id AS id, * FROM chosen WHERE held_operator_id IS NOT NULL AND sourced AND once
)
SELECT l.per, l.id AS operator_id, l.* EXCLUDE (per, id), o.confidence, o.evidence
FROM levels_of('keyed') l LEFT JOIN operators o ON o.operator_id = l.id
ORDER BY l.stories DESC, l.id;
