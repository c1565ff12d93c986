-- question: which sites belong together, and what do they publish?
-- reads: numbered (numbered.sql)
-- columns: operator_id, those of levels_of (levels.sql; operators is 1), confidence, evidence
SELECT n.per, n.finding AS operator_id, n.* EXCLUDE (per, kind, finding, assertion, own, exclusive_stories),
       o.confidence, o.evidence
FROM numbered n LEFT JOIN operators o ON o.operator_id = n.finding
WHERE n.kind = 'operator'
ORDER BY n.stories DESC, n.finding;
