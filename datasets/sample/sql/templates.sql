-- question: which texts stand with several names filled in?
-- columns: template_id, those of levels_of (levels.sql; templates is 1), platforms, first_published_at (earliest
--          known), first_published_doubt, skeleton
WITH keyed AS (
    SELECT held_template_id AS id, * FROM chosen WHERE held_template_id IS NOT NULL AND once
),
named AS (
    SELECT held_template_id AS template_id, count(platform_id) AS platforms
    FROM (SELECT DISTINCT held_template_id, platform_id FROM counted WHERE held_template_id IN (SELECT id FROM keyed))
    GROUP BY ALL
)
SELECT l.per, l.id AS template_id, l.* EXCLUDE (per, id), coalesce(n.platforms, 0) AS platforms,
       t.first_published_at, t.first_published_doubt, t.skeleton
FROM levels_of('keyed') l
LEFT JOIN named n ON n.template_id = l.id
LEFT JOIN templates t ON t.template_id = l.id
ORDER BY l.stories DESC, l.id;
