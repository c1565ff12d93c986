-- question: which practices, advice and laws do articles speak of, and how?
-- $kinds: list of practice | tip | law; $practice $assertion: of practices, NULL counts all
-- columns: per, kind, finding (its id), label_zh, label_en, group, assertion, own, promotional, note, then those of
--          levels_of (levels.sql). The reports of practices, tips and laws are its rows of one kind each
-- One row per assertion of a practice, since what happened, what may happen and what is forbidden are never added up.
-- `own` is said of allegations only: true, nobody else's sentence; false, the sentence of a template.
-- Of a platform count the practices that are attributed to it, and whatever advice and law its articles hold.
WITH kinds AS (
    SELECT number, kind, finding, assertion, own FROM counted_kinds
    WHERE kind IN (FROM unnest($kinds::VARCHAR[]))
      AND (kind <> 'practice' OR (($practice::VARCHAR IS NULL OR finding = $practice)
                                  AND ($assertion::VARCHAR IS NULL OR assertion = $assertion)))
),
keyed AS (
    SELECT t.number AS id, c.per, c.story, c.template, c.site, c.operator, c.alleged_own, c.alleged_templated,
           c.claimed, c.state, c.published_at, c.ambiguous, c.first_seen_at, c.last_seen_at
    FROM chosen c JOIN counted_findings t ON t.entry = c.entry
    WHERE c.once AND t.number IN (SELECT number FROM kinds)
)
SELECT l.per, n.kind, n.finding,
       coalesce(p.label_zh, t.label_zh, w.label_zh, n.finding) AS label_zh,
       CASE WHEN n.kind = 'law' THEN w.label_en ELSE coalesce(p.label_en, t.label_en, n.finding) END AS label_en,
       p."group" AS "group", n.assertion, n.own, coalesce(t.promotional, false) AS promotional, w.note,
       l.* EXCLUDE (per, id)
FROM levels_of('keyed') l JOIN kinds n ON n.number = l.id
LEFT JOIN practice_kinds p ON n.kind = 'practice' AND p.practice_id = n.finding
LEFT JOIN tips t ON n.kind = 'tip' AND t.tip_id = n.finding
LEFT JOIN law_kinds w ON n.kind = 'law' AND w.law_id = n.finding
ORDER BY l.stories DESC, n.finding, n.assertion, n.own DESC;
