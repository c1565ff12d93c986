-- question: which sites belong to this operator, and what do they publish?
-- $id
-- columns: site_id, name, home_url, pages, stories, templates, shares (kinds of what it has in common with others)
WITH published AS (
    SELECT site_id, count(*) AS pages, count(DISTINCT story) AS stories, count(DISTINCT template) AS templates
    FROM counted WHERE held_operator_id = $id AND sourced AND platform_id IS NULL GROUP BY site_id
)
SELECT s.site_id, s.name, s.home_url, coalesce(p.pages, 0) AS pages, coalesce(p.stories, 0) AS stories,
       coalesce(p.templates, 0) AS templates,
       (SELECT coalesce(list(DISTINCT e.kind ORDER BY e.kind), []) FROM operator_evidence e
        WHERE e.operator_id = $id AND e.site_id = s.site_id) AS shares
FROM sites s LEFT JOIN published p USING (site_id)
WHERE s.operator_id = $id
ORDER BY s.site_id;
