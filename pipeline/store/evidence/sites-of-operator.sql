-- question: which sites belong to this operator, and what do they publish?
-- $id
-- columns: site_id, name, home_url, pages, stories, templates, shares (kinds of what it has in common with others)
SELECT s.site_id, s.name, s.home_url,
       count(DISTINCT a.url) AS pages,
       count(DISTINCT a.story_id) AS stories,
       count(DISTINCT coalesce(a.template_id, a.story_id)) AS templates,
       (SELECT coalesce(list(DISTINCT e.kind ORDER BY e.kind), []) FROM operator_evidence e
        WHERE e.operator_id = $id AND e.site_id = s.site_id) AS shares
FROM sites s
LEFT JOIN articles a ON a.site_id = s.site_id AND a.is_current AND a.sourced
WHERE s.operator_id = $id
GROUP BY ALL ORDER BY s.site_id;
