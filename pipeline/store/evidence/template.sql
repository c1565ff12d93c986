-- question: what is known of one template?
-- $id
-- columns: those of templates, the five counts, the platforms filled in
SELECT t.*, c.*, 1::BIGINT AS templates
FROM templates t, (
    SELECT count(*) FILTER (platform_id IS NULL) AS pages, count(DISTINCT story) AS stories,
           count(DISTINCT site) AS sites, count(DISTINCT operator) AS operators,
           coalesce(list(DISTINCT platform_id ORDER BY platform_id)
                    FILTER (platform_id IS NOT NULL), []) AS platforms
    FROM counted WHERE held_template_id = $id
) c
WHERE t.template_id = $id;
