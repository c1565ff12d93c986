-- question: how many pages have each normal form?
-- reads: copy_articles; gives: pages, in the order of units
SELECT count(*) AS pages FROM copy_articles GROUP BY unit ORDER BY unit
