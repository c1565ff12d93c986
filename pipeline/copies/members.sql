-- question: which articles does each story, and each template, hold?
-- reads: copy_stories; gives: kind, number (of story or cluster), article_ids in order
SELECT 'story' AS kind, story AS number, list(article_id ORDER BY article_id) AS members
FROM copy_stories GROUP BY story
UNION ALL
SELECT 'template', cluster, list(article_id ORDER BY article_id)
FROM copy_stories WHERE stories_of_cluster > 1 GROUP BY cluster
ORDER BY ALL
