-- question: what is the normal form of each unit that holds a stock sentence, without these?
-- reads: copy_articles, copy_sentences, copy_stock(key); gives: unit, text, in the order of units
WITH first AS (SELECT unit, min(article_id) AS article_id FROM copy_articles GROUP BY unit),
marked AS (
    SELECT f.unit, s.ordinal, s.key, k.key IS NOT NULL AS is_stock
    FROM first f JOIN copy_sentences s USING (article_id) LEFT JOIN copy_stock k USING (key)
    WHERE s.field = 'text'
)
SELECT unit, coalesce(string_agg(key, '' ORDER BY ordinal) FILTER (NOT is_stock), '') AS text
FROM marked GROUP BY unit HAVING bool_or(is_stock) ORDER BY unit
