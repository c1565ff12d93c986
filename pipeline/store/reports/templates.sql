-- question: which texts stand with several names filled in?
-- columns: template_id, pages, stories, templates (1), sites, operators, platforms, first_seen, last_seen,
--          first_published_at (earliest known), first_published_doubt, skeleton
SELECT c.held_template_id AS template_id,
       count(DISTINCT c.url) AS pages,
       count(DISTINCT c.story_id) AS stories,
       count(DISTINCT c.template_id) AS templates,
       count(DISTINCT c.site_id) AS sites,
       count(DISTINCT c.operator_id) AS operators,
       (SELECT count(DISTINCT m.platform_id)
        FROM articles a JOIN mentions m USING (article_id)
        WHERE a.template_id = c.held_template_id AND a.is_current AND m.role = 'subject') AS platforms,
       min(c.first_seen_at) AS first_seen,
       max(c.last_seen_at) AS last_seen,
       any_value(t.first_published_at) AS first_published_at,
       any_value(t.first_published_doubt) AS first_published_doubt,
       any_value(t.skeleton) AS skeleton
FROM chosen c
LEFT JOIN templates t ON t.template_id = c.held_template_id
WHERE c.held_template_id IS NOT NULL
GROUP BY c.held_template_id
ORDER BY stories DESC, template_id;
