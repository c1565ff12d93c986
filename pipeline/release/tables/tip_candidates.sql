-- question: which sentences of the released articles advise, but give nothing canonical?
-- $quote: longest text of one cell
SELECT * REPLACE (left(surface, $quote) AS surface, left(heading, $quote) AS heading)
FROM tip_candidates SEMI JOIN kept_slice USING (article_id) ORDER BY article_id, field DESC, char_start;
