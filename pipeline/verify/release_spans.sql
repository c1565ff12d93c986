-- question: which quotes and spans of a release are not what they say?
-- reads: practices (quote, quote_start, quote_end, surface), article_pages; texts where the edition has them
-- columns: record, wrong
SELECT article_id || ' ' || field || ' ' || char_start AS record, 'a span ends before it begins' AS wrong FROM (
    SELECT article_id, field, char_start, char_end FROM mentions
    UNION ALL SELECT article_id, field, char_start, char_end FROM practices
    UNION ALL SELECT article_id, field, char_start, char_end FROM laws
    UNION ALL SELECT article_id, field, char_start, char_end FROM tip_sources
    UNION ALL SELECT article_id, field, char_start, char_end FROM edits
) WHERE char_start < 0 OR char_end < char_start
UNION ALL
SELECT article_id || ' ' || field || ' ' || quote_start, 'a quote is not as long as its span'
FROM practices WHERE length(quote) <> quote_end - quote_start
UNION ALL
SELECT article_id || ' ' || field || ' ' || quote_start, 'what was found does not stand in its quote'
FROM practices WHERE NOT contains(quote, surface);
