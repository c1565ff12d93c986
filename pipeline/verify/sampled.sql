-- question: which articles are compared with their pages?
-- $limit
-- columns: article_id; by a hash that differs from snapshot to snapshot, so that samples add up
SELECT article_id FROM articles
ORDER BY md5(article_id || coalesce((SELECT any_value(value) FROM meta WHERE key = 'snapshot'), '')), article_id
LIMIT $limit::BIGINT;
