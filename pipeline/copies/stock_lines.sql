-- question: which lines stand in many clusters and belong to none of them (quoted law, stock phrases)?
-- reads: copy_lines(key, cluster), a row for each line of each unit; parameters: $least_clusters, $largest_share
-- gives: key
WITH held AS (SELECT key, cluster, count(*) AS lines FROM copy_lines GROUP BY key, cluster)
SELECT key FROM held GROUP BY key
HAVING count(*) >= $least_clusters AND max(lines) <= $largest_share * sum(lines)
