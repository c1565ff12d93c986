-- question: where are platforms named in the released articles?
-- $quote: longest text of one cell
SELECT * REPLACE (left(surface, $quote) AS surface)
FROM mentions SEMI JOIN kept_slice USING (article_id)
ORDER BY article_id, field DESC, char_start, platform_id;
