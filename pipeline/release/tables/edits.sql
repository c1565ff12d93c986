-- question: the repairs of the released articles
-- $quote: longest text of one cell
SELECT * REPLACE (left(original, $quote) AS original, left(replacement, $quote) AS replacement)
FROM edits SEMI JOIN kept_slice USING (article_id) ORDER BY article_id, ordinal;
