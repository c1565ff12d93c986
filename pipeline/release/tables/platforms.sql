-- question: which platforms does the gazetteer know? What is doubtful of a company is left out.
-- $named_only: true leaves out those that no released article names
SELECT * REPLACE (CASE WHEN confidence <> 'low' THEN operator END AS operator,
                  CASE WHEN confidence <> 'low' THEN parent END AS parent,
                  CASE WHEN confidence <> 'low' THEN status END AS status)
FROM platforms
WHERE NOT $named_only OR platform_id IN (SELECT platform_id FROM mentions SEMI JOIN kept_articles USING (article_id))
ORDER BY platform_id;
