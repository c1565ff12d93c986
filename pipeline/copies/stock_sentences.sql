-- question: which sentences stand in many clusters and belong to none of them (quoted law, stock phrases)?
-- reads: copy_articles, copy_sentences, copy_clusters(unit, cluster)
-- makes: copy_stock(key); parameters: $least_clusters, $largest_share
CREATE OR REPLACE TEMP TABLE copy_stock AS
WITH standing AS (
    SELECT DISTINCT s.key, a.unit FROM copy_sentences s JOIN copy_articles a USING (article_id)
    WHERE s.field = 'text'
),
held AS (
    SELECT key, cluster, count(*) AS units FROM standing JOIN copy_clusters USING (unit) GROUP BY key, cluster
)
SELECT key FROM held GROUP BY key
HAVING count(*) >= $least_clusters AND max(units) <= $largest_share * sum(units)
ORDER BY key
