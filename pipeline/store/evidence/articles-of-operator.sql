-- question: which pages show what the sites of this operator share?
-- $id
-- columns: article_id, url, site_id, kind, ordinal (the same for the same thing), weight, place, n_pages,
--          page_share, quoted; one row a shared thing and site, no value and no hash
SELECT e.* EXCLUDE (operator_id), false AS quoted
FROM operator_evidence e
WHERE e.operator_id = $id
ORDER BY e.ordinal, e.site_id;
