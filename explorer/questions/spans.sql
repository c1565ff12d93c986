-- question: where was what found in the fields of one article?
-- $id
-- columns: field, char_start, char_end, kind, finding, detail
SELECT field, char_start, char_end, 'mention' AS kind, platform_id AS finding, role AS detail
FROM mentions WHERE article_id = $id
UNION ALL SELECT field, char_start, char_end, 'practice', practice_id, assertion FROM practices WHERE article_id = $id
UNION ALL SELECT field, char_start, char_end, 'law', law_id, note FROM laws WHERE article_id = $id
UNION ALL SELECT field, char_start, char_end, 'tip', tip_id, NULL FROM tip_sources WHERE article_id = $id
ORDER BY field, char_start, char_end, kind;
