-- question: on which sites does a template stand, since when?
-- $id
-- columns: site_id, pages, stories, first_seen_at, first_published_at; the site that was seen first leads
SELECT a.site_id, count(DISTINCT a.url) AS pages, count(DISTINCT a.story_id) AS stories,
       min(coalesce(p.first_seen_at, a.fetched_at)) AS first_seen_at, min(a.published_at) AS first_published_at
FROM articles a LEFT JOIN pages p USING (url)
WHERE a.template_id = $id AND a.is_current
GROUP BY a.site_id ORDER BY first_seen_at, a.site_id;
