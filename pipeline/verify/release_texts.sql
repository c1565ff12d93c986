-- question: in a release with texts, which spans are not the slice that they say?
-- columns: record, wrong
SELECT f.article_id || ' ' || f.field || ' ' || f.char_start AS record, 'is not the slice of its text' AS wrong
FROM (
    SELECT article_id, field, char_start, char_end, surface FROM mentions
    UNION ALL SELECT article_id, field, char_start, char_end, surface FROM practices
    UNION ALL SELECT article_id, field, quote_start, quote_end, quote FROM practices
    UNION ALL SELECT article_id, field, char_start, char_end, surface FROM laws
    UNION ALL SELECT article_id, field, char_start, char_end, surface FROM tip_sources
    UNION ALL SELECT article_id, field, char_start, char_end, surface FROM slot_fillers
    UNION ALL SELECT article_id, field, char_start, char_end, replacement FROM edits
) f JOIN articles a USING (article_id)
WHERE substring(CASE f.field WHEN 'title' THEN a.title ELSE a.text END, f.char_start + 1,
                f.char_end - f.char_start) <> f.surface;
