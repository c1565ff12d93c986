-- question: where do the released articles give which advice?
-- $quote: longest text of one cell
SELECT * REPLACE (left(surface, $quote) AS surface, left(heading, $quote) AS heading)
FROM tip_sources SEMI JOIN kept_slice USING (article_id) ORDER BY article_id, field DESC, char_start, tip_id;
