-- question: which sites have articles?
-- columns: site_id, name
SELECT site_id, name FROM sites WHERE n_articles > 0 ORDER BY site_id;
