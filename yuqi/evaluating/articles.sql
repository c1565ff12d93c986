-- question: which current articles does a site have, and to which groups do they belong?
-- parameters: $site (NULL: all)
-- columns: article_id, url, payload_sha256, title, text, published_at, author, category, script, story_id,
--   template (a story without one counts as its own)
SELECT article_id, url, payload_sha256, title, text, published_at, author, category, script, story_id,
       coalesce(template_id, story_id) AS template
FROM articles
WHERE is_current AND ($site IS NULL OR site_id = $site)
ORDER BY url;
