-- question: what does the store hold in all?
-- columns: pages, articles (current), stories, templates, sites (with a current sourced article), operators
SELECT (SELECT count(*) FROM pages) AS pages,
       count(*) FILTER (a.is_current) AS articles,
       count(DISTINCT a.story_id) FILTER (a.is_current) AS stories,
       count(DISTINCT coalesce(a.template_id, a.story_id)) FILTER (a.is_current) AS templates,
       count(DISTINCT a.site_id) FILTER (a.is_current AND a.sourced) AS sites,
       count(DISTINCT coalesce(s.operator_id, a.site_id))
           FILTER (a.is_current AND a.sourced) AS operators
FROM articles a LEFT JOIN sites s USING (site_id);
