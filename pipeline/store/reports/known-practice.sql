-- question: which kind of practice is meant by an id or a label?
-- $said
-- columns: id
SELECT practice_id AS id FROM practice_kinds
WHERE practice_id = $said OR label_zh = $said OR label_en = $said
ORDER BY practice_id <> $said, id LIMIT 1;
