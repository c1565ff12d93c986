-- question: what does each site publish, and what of it is its own?
-- columns: site_id, name, pages, stories, templates, sites (0: of unknown origin), operators, exclusive_stories
--          (stand on no other site), operator_id, why, live_pages, gone_pages, undated_pages, first_seen, last_seen
SELECT c.held_site_id AS site_id,
       coalesce(any_value(s.name), c.held_site_id) AS name,
       count(DISTINCT c.url) AS pages,
       count(DISTINCT c.story_id) AS stories,
       count(DISTINCT c.template_id) AS templates,
       count(DISTINCT c.site_id) AS sites,
       count(DISTINCT c.operator_id) AS operators,
       count(DISTINCT c.story_id) FILTER (t.n_sites = 1 AND c.sourced) AS exclusive_stories,
       any_value(c.held_operator_id) AS operator_id,
       any_value(s.why) AS why,
       count(DISTINCT c.url) FILTER (c.state = 'live') AS live_pages,
       count(DISTINCT c.url) FILTER (c.state IN ('gone', 'soft-404')) AS gone_pages,
       count(DISTINCT c.url) FILTER (c.published_at IS NULL) AS undated_pages,
       min(c.first_seen_at) AS first_seen,
       max(c.last_seen_at) AS last_seen
FROM chosen c
LEFT JOIN sites s ON s.site_id = c.held_site_id
LEFT JOIN stories t ON t.story_id = c.story_id
GROUP BY c.held_site_id
ORDER BY stories DESC, c.held_site_id;
