-- question: in a release with texts, which spans are not the slice that they say, or reach beyond their text?
-- columns: record (table, article, field, place), wrong
WITH spans AS (
    SELECT 'mentions' AS held, article_id, field, char_start, char_end, surface FROM mentions
    UNION ALL SELECT 'practices', article_id, field, char_start, char_end, surface FROM practices
    UNION ALL SELECT 'practices', article_id, field, quote_start, quote_end, quote FROM practices
    UNION ALL SELECT 'laws', article_id, field, char_start, char_end, surface FROM laws
    UNION ALL SELECT 'tip_sources', article_id, field, char_start, char_end, surface FROM tip_sources
    UNION ALL SELECT 'tip_candidates', article_id, field, char_start, char_end, surface FROM tip_candidates
    UNION ALL SELECT 'slot_fillers', article_id, field, char_start, char_end, surface FROM slot_fillers
    UNION ALL SELECT 'edits', article_id, field, char_start, char_end, replacement FROM edits
),
places AS (
    SELECT 'sections' AS held, article_id, 'text' AS field, char_start, char_end FROM sections
    UNION ALL SELECT 'own_sentences', article_id, field, char_start, char_end FROM own_sentences
    UNION ALL SELECT 'repair_notes', article_id, field, char_start, char_end FROM repair_notes
    UNION ALL SELECT 'practices', article_id, field, sentence_start, sentence_end FROM practices
)
SELECT concat_ws(' ', s.held, s.article_id, s.field, s.char_start) AS record, 'is not the slice of its text' AS wrong
FROM spans s JOIN articles a USING (article_id)
WHERE substring(CASE s.field WHEN 'title' THEN a.title ELSE a.text END, s.char_start + 1, s.char_end - s.char_start)
      IS DISTINCT FROM s.surface
UNION ALL
SELECT concat_ws(' ', p.held, p.article_id, p.field, p.char_start), 'reaches beyond its text'
FROM places p JOIN articles a USING (article_id)
WHERE p.char_end > length(CASE p.field WHEN 'title' THEN a.title ELSE a.text END);
