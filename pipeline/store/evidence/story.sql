-- question: what is known of one story?
-- $id
-- columns: those of stories, the five counts, its subjects
SELECT s.*, c.*, 1::BIGINT AS stories, 1::BIGINT AS templates
FROM stories s, (
    SELECT count(DISTINCT a.url) AS pages,
           count(DISTINCT a.site_id) FILTER (a.sourced) AS sites,
           count(DISTINCT coalesce(t.operator_id, a.site_id)) FILTER (a.sourced) AS operators,
           coalesce(list(DISTINCT m.platform_id ORDER BY m.platform_id)
                    FILTER (m.platform_id IS NOT NULL), []) AS subjects
    FROM articles a
    LEFT JOIN sites t ON t.site_id = a.site_id
    LEFT JOIN counted m ON m.article_id = a.article_id AND m.story_id = $id AND m.platform_id IS NOT NULL
    WHERE a.story_id = $id AND a.is_current
) c
WHERE s.story_id = $id;
