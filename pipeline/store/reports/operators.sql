-- question: which sites belong together, and what do they publish?
-- columns: operator_id, pages, stories, templates, sites, operators (1), confidence, evidence, first_seen, last_seen
-- Unsourced pages count in no operator.
SELECT c.held_operator_id AS operator_id,
       count(DISTINCT c.url) AS pages,
       count(DISTINCT c.story_id) AS stories,
       count(DISTINCT c.template_id) AS templates,
       count(DISTINCT c.site_id) AS sites,
       1::BIGINT AS operators,
       any_value(o.confidence) AS confidence,
       any_value(o.evidence) AS evidence,
       min(c.first_seen_at) AS first_seen,
       max(c.last_seen_at) AS last_seen
FROM chosen c
LEFT JOIN operators o ON o.operator_id = c.held_operator_id
WHERE c.held_operator_id IS NOT NULL AND c.sourced
GROUP BY c.held_operator_id
ORDER BY stories DESC, c.held_operator_id;
