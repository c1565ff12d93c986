-- question: what does the store hold in all?
-- columns: pages, articles (current), stories, templates, sites (with a current sourced article), operators
SELECT (SELECT count(*) FROM pages),
       count(*) FILTER (a.is_current),
       count(DISTINCT a.story_id) FILTER (a.is_current),
       count(DISTINCT coalesce(a.template_id, a.story_id)) FILTER (a.is_current),
       count(DISTINCT a.site_id) FILTER (a.is_current AND a.sourced),
       count(DISTINCT coalesce(s.operator_id, a.site_id)) FILTER (a.is_current AND a.sourced)
FROM articles a LEFT JOIN sites s USING (site_id);
