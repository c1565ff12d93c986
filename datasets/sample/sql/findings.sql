-- question: which practices, advice and laws do articles speak of, and how?
-- reads: numbered (numbered.sql)
-- columns: per, kind, finding (its id), label_zh, label_en, group, assertion, own, promotional, note, then those of
--          levels_of (levels.sql). The reports of practices, tips and laws are its rows of one kind each
-- One row per assertion of a practice, since what happened, what may happen and what is forbidden are never added up.
-- `own` is said of allegations only: true, nobody else's sentence; false, the sentence of a template.
SELECT n.per, n.kind, n.finding,
       coalesce(p.label_zh, t.label_zh, w.label_zh, n.finding) AS label_zh,
       CASE WHEN n.kind = 'law' THEN w.label_en ELSE coalesce(p.label_en, t.label_en, n.finding) END AS label_en,
       p."group" AS "group", n.assertion, n.own, coalesce(t.promotional, false) AS promotional, w.note,
       n.* EXCLUDE (per, kind, finding, assertion, own, exclusive_stories)
FROM numbered n
LEFT JOIN practice_kinds p ON n.kind = 'practice' AND p.practice_id = n.finding
LEFT JOIN tips t ON n.kind = 'tip' AND t.tip_id = n.finding
LEFT JOIN law_kinds w ON n.kind = 'law' AND w.law_id = n.finding
WHERE n.kind IN ('practice', 'tip', 'law')
ORDER BY n.stories DESC, n.finding, n.assertion, n.own DESC;
