-- question: which texts stand with several names filled in?
-- reads: numbered (numbered.sql)
-- columns: template_id, those of levels_of (levels.sql; templates is 1), platforms, first_published_at (earliest
--          known), first_published_doubt, skeleton
WITH named AS (
    SELECT held_template_id AS template_id, count(platform_id) AS platforms
    FROM (SELECT DISTINCT held_template_id, platform_id FROM counted
          WHERE held_template_id IN (SELECT finding FROM numbered WHERE kind = 'template'))
    GROUP BY ALL
)
SELECT n.per, n.finding AS template_id, n.* EXCLUDE (per, kind, finding, assertion, own, exclusive_stories),
       coalesce(m.platforms, 0) AS platforms, t.first_published_at, t.first_published_doubt, t.skeleton
FROM numbered n
LEFT JOIN named m ON m.template_id = n.finding
LEFT JOIN templates t ON t.template_id = n.finding
WHERE n.kind = 'template'
ORDER BY n.stories DESC, n.finding;
