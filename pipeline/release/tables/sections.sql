-- question: the sections of the released articles
-- $quote: longest text of one cell
SELECT * REPLACE (left(heading, $quote) AS heading)
FROM sections SEMI JOIN kept_slice USING (article_id) ORDER BY article_id, ordinal;
