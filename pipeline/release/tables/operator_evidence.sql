-- question: what do the sites of an operator share, and which page shows it?
SELECT e.* FROM operator_evidence e SEMI JOIN kept_articles USING (article_id)
ORDER BY e.operator_id, e.ordinal, e.site_id;
