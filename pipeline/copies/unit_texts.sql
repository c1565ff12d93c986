-- question: what is the normal form of each unit?
-- reads: copy_articles, copy_sentences; gives: unit, text, in the order of units
WITH first AS (SELECT unit, min(article_id) AS article_id FROM copy_articles GROUP BY unit)
SELECT f.unit, coalesce(string_agg(s.key, '' ORDER BY s.ordinal) FILTER (s.field = 'text'), '') AS text
FROM first f LEFT JOIN copy_sentences s USING (article_id)
GROUP BY f.unit ORDER BY f.unit
