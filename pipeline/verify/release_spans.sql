-- question: which quotes and spans of a release are not what they say?
-- columns: record (table, article, field, place), wrong
WITH spans AS (
    SELECT 'mentions' AS held, article_id, field, char_start, char_end FROM mentions
    UNION ALL SELECT 'practices', article_id, field, char_start, char_end FROM practices
    UNION ALL SELECT 'practices', article_id, field, sentence_start, sentence_end FROM practices
    UNION ALL SELECT 'laws', article_id, field, char_start, char_end FROM laws
    UNION ALL SELECT 'tip_sources', article_id, field, char_start, char_end FROM tip_sources
    UNION ALL SELECT 'tip_candidates', article_id, field, char_start, char_end FROM tip_candidates
    UNION ALL SELECT 'own_sentences', article_id, field, char_start, char_end FROM own_sentences
    UNION ALL SELECT 'repair_notes', article_id, field, char_start, char_end FROM repair_notes
    UNION ALL SELECT 'sections', article_id, 'text', char_start, char_end FROM sections
    UNION ALL SELECT 'edits', article_id, field, char_start, char_end FROM edits
),
quotes AS (
    SELECT concat_ws(' ', 'practices', article_id, field, quote_start) AS record, * FROM practices
)
SELECT concat_ws(' ', held, article_id, field, char_start) AS record, 'a span ends before it begins' AS wrong
FROM spans WHERE char_start < 0 OR char_end < char_start OR char_start IS NULL OR char_end IS NULL
UNION ALL
SELECT record, 'a quote is not as long as its span' FROM quotes
WHERE length(quote) IS DISTINCT FROM quote_end - quote_start
UNION ALL
SELECT record, 'what was found does not stand in its quote' FROM quotes WHERE contains(quote, surface) IS NOT TRUE;
