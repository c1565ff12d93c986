-- question: what is looked for besides platforms?
-- columns: kind (practice, tip or law), finding, label_zh, label_en
SELECT 'practice' AS kind, practice_id AS finding, label_zh, label_en FROM practice_kinds
UNION ALL SELECT 'tip', tip_id, label_zh, label_en FROM tips
UNION ALL SELECT 'law', law_id, label_zh, label_en FROM law_kinds
ORDER BY kind, finding;
