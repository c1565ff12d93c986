-- question: which collection practices do articles speak of, and how?
-- $practice $assertion: NULL counts all
-- columns: practice_id, label_zh, label_en, group, assertion, own, then those of levels_of (levels.sql) but what is
--          alleged or claimed: a row is one assertion
-- One row per assertion, since what happened, what may happen and what is forbidden are never added up.
-- `own` is said of allegations only: true, nobody else's sentence; false, the sentence of a template.
WITH kinds AS (
    SELECT number, finding, assertion, own FROM counted_kinds
    WHERE kind = 'practice' AND ($practice::VARCHAR IS NULL OR finding = $practice)
      AND ($assertion::VARCHAR IS NULL OR assertion = $assertion)
),
keyed AS (
    SELECT t.number AS id, c.*
    FROM chosen c JOIN said t ON t.article = c.article AND t.per IS NOT DISTINCT FROM c.per
    WHERE c.once AND t.number IN (SELECT number FROM kinds)
)
SELECT l.per, n.finding AS practice_id,
       coalesce(k.label_zh, n.finding) AS label_zh,
       coalesce(k.label_en, n.finding) AS label_en,
       k."group" AS "group", n.assertion, n.own,
       l.* EXCLUDE (per, id, alleged_own_stories, alleged_templated_stories, claimed_stories)
FROM levels_of('keyed') l JOIN kinds n ON n.number = l.id
LEFT JOIN practice_kinds k ON k.practice_id = n.finding
ORDER BY l.stories DESC, n.finding, n.assertion, n.own DESC;
