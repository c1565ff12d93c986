-- question: which stories fill in this template?
-- $id
-- columns: article_id (stands for its story), story_id, url, site_id, title, pages, subjects, quoted
SELECT min_by(a.article_id, (NOT a.is_representative, a.article_id)) AS article_id,
       a.story_id,
       min_by(a.url, (NOT a.is_representative, a.article_id)) AS url,
       min_by(a.site_id, (NOT a.is_representative, a.article_id)) AS site_id,
       min_by(a.title, (NOT a.is_representative, a.article_id)) AS title,
       count(DISTINCT a.url) AS pages,
       coalesce(list(DISTINCT m.platform_id ORDER BY m.platform_id)
                FILTER (m.platform_id IS NOT NULL), []) AS subjects,
       true AS quoted
FROM articles a
LEFT JOIN counted m ON m.article_id = a.article_id AND m.held_template_id = $id AND m.platform_id IS NOT NULL
WHERE a.template_id = $id AND a.is_current
GROUP BY a.story_id ORDER BY pages DESC, a.story_id;
