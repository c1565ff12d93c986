-- question: which spans have these articles?
-- $articles: list of ids
-- columns: article_id, field, kind, char_start, char_end, surface
SELECT * FROM (
    SELECT article_id, field, 'mention' AS kind, char_start, char_end, surface FROM mentions
    UNION ALL SELECT article_id, field, 'practice', char_start, char_end, surface FROM practices
    UNION ALL SELECT article_id, field, 'law', char_start, char_end, surface FROM laws
    UNION ALL SELECT article_id, field, 'tip-candidate', char_start, char_end, surface FROM tip_candidates
    UNION ALL SELECT article_id, field, 'tip', char_start, char_end, surface FROM tip_sources
    UNION ALL SELECT article_id, field, 'slot', char_start, char_end, surface FROM slot_fillers
    UNION ALL SELECT article_id, field, 'hint', char_start, char_end, surface FROM name_hints
    UNION ALL SELECT article_id, field, 'unlisted', char_start, char_end, surface FROM unlisted_names
    UNION ALL SELECT article_id, field, 'edit', char_start, char_end, replacement FROM edits
) WHERE article_id IN (SELECT unnest($articles::VARCHAR[]));
