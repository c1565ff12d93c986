-- question: which collection practices do articles speak of, and how?
-- $platform $practice $assertion: NULL counts all
-- columns: practice_id, label_zh, label_en, group, assertion, own, then those of levels_of (levels.sql) but what is
--          alleged or claimed: a row is one assertion
-- One row per assertion, since what happened, what may happen and what is forbidden are never added up.
-- `own` is said of allegations only: true, nobody else's sentence; false, the sentence of a template.
WITH said AS (
    SELECT DISTINCT article_id, struct_pack(practice_id := practice_id, assertion := assertion,
                                            own := CASE WHEN assertion = 'alleged' THEN own END) AS id
    FROM practices
    WHERE ($platform::VARCHAR IS NULL OR platform_id = $platform)
      AND ($practice::VARCHAR IS NULL OR practice_id = $practice)
      AND ($assertion::VARCHAR IS NULL OR assertion = $assertion)
),
keyed AS (
    SELECT s.id, c.* FROM chosen c JOIN said s ON s.article_id = c.article_id
    WHERE c.platform_id IS NOT DISTINCT FROM $platform
)
SELECT l.id.practice_id AS practice_id,
       coalesce(k.label_zh, l.id.practice_id) AS label_zh,
       coalesce(k.label_en, l.id.practice_id) AS label_en,
       k."group" AS "group", l.id.assertion AS assertion, l.id.own AS own,
       l.* EXCLUDE (id, alleged_own_stories, alleged_templated_stories, claimed_stories)
FROM levels_of('keyed') l LEFT JOIN practice_kinds k ON k.practice_id = l.id.practice_id
ORDER BY l.stories DESC, l.id.practice_id, l.id.assertion, l.id.own DESC;
