-- question: which articles tell this story?
-- $id
-- columns: article_id, url, site_id, sourced, state, fetched_at, published_at, published_doubt, is_representative,
--          title, quoted
-- `quoted`: whose findings stand as the story's evidence
SELECT a.article_id, a.url, a.site_id, a.sourced, p.state, a.fetched_at, a.published_at, a.published_doubt,
       a.is_representative, a.title,
       row_number() OVER (ORDER BY a.is_representative DESC, a.article_id) = 1 AS quoted
FROM articles a LEFT JOIN pages p USING (url)
WHERE a.story_id = $id AND a.is_current
ORDER BY a.is_representative DESC, a.fetched_at, a.url;
