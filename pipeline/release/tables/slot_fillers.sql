-- question: what do the released articles fill into the slots of their templates?
-- $quote: longest text of one cell
SELECT * REPLACE (left(surface, $quote) AS surface)
FROM slot_fillers SEMI JOIN kept_articles USING (article_id) ORDER BY template_id, slot, article_id;
