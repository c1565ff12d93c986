-- question: which laws do the released articles cite?
-- $quote: longest text of one cell
SELECT * REPLACE (left(surface, $quote) AS surface)
FROM laws SEMI JOIN kept_slice USING (article_id) ORDER BY article_id, field DESC, char_start, law_id;
