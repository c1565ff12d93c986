-- question: what is known of one template?
-- $id
-- columns: those of templates, the five counts, when first seen and published, the platforms filled in
SELECT t.*, c.*, 1::BIGINT AS templates
FROM templates t, (
    SELECT count(DISTINCT a.url) AS pages, count(DISTINCT a.story_id) AS stories,
           count(DISTINCT a.site_id) FILTER (a.sourced) AS sites,
           count(DISTINCT coalesce(s.operator_id, a.site_id)) FILTER (a.sourced) AS operators,
           min(a.fetched_at) AS first_seen_at, min(a.published_at) AS first_published_at,
           coalesce(list(DISTINCT m.platform_id ORDER BY m.platform_id)
                    FILTER (m.platform_id IS NOT NULL), []) AS platforms
    FROM articles a
    LEFT JOIN sites s ON s.site_id = a.site_id
    LEFT JOIN counted m ON m.article_id = a.article_id AND m.held_template_id = $id AND m.platform_id IS NOT NULL
    WHERE a.template_id = $id AND a.is_current
) c
WHERE t.template_id = $id;
