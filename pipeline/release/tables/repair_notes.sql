-- question: suspected damage that was left alone in the released articles
-- $quote: longest text of one cell
SELECT * REPLACE (left(suggestion, $quote) AS suggestion)
FROM repair_notes SEMI JOIN kept_slice USING (article_id) ORDER BY article_id, field, char_start, kind, suggestion;
