-- question: what does each site publish, and what of it is its own?
-- columns: site_id, name, those of levels_of (levels.sql; sites is 0 where the origin is unknown), exclusive_stories
--          (stand on no other site), operator_id, why, is_new (first seen in the last 30 days before the snapshot's
--          newest fetch), is_failing (most of its last ten visits failed)
WITH keyed AS (
    SELECT held_site_id AS id, * FROM chosen WHERE once
),
exclusive AS (
    SELECT c.per, c.held_site_id AS site_id, count(DISTINCT c.story) AS stories
    FROM chosen c JOIN stories t USING (story_id) WHERE t.n_sites = 1 AND c.sourced AND c.once GROUP BY ALL
)
SELECT l.per, l.id AS site_id, coalesce(s.name, l.id) AS name, l.* EXCLUDE (per, id),
       coalesce(e.stories, 0) AS exclusive_stories, s.operator_id, s.why,
       coalesce(h.is_new, false) AS is_new, coalesce(h.is_failing, false) AS is_failing
FROM levels_of('keyed') l
LEFT JOIN sites s ON s.site_id = l.id
LEFT JOIN exclusive e ON e.site_id = l.id AND e.per IS NOT DISTINCT FROM l.per
LEFT JOIN site_health h ON h.site_id = l.id
ORDER BY l.stories DESC, l.id;
