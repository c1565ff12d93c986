-- question: what is the normal form of each unit?
-- reads: copy_articles, part_text_keys; gives: body, in the order of units
WITH first AS (SELECT unit, min(article_id) AS article_id FROM copy_articles GROUP BY unit)
SELECT any_value(t.body) AS body FROM first f JOIN part_text_keys t USING (article_id) GROUP BY f.unit ORDER BY f.unit
