-- question: which platforms does the gazetteer know? What is doubtful of a company is left out.
SELECT * REPLACE (CASE WHEN confidence <> 'low' THEN operator END AS operator,
                  CASE WHEN confidence <> 'low' THEN parent END AS parent)
FROM platforms ORDER BY platform_id;
