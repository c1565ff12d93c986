-- question: take out what is attributed to a platform that these articles no longer name
-- $articles: list of ids
DELETE FROM practices
WHERE article_id IN (SELECT unnest($articles::VARCHAR[])) AND platform_id IS NOT NULL
  AND NOT EXISTS (FROM mentions m WHERE m.article_id = practices.article_id
                  AND m.platform_id = practices.platform_id);
