-- question: what does each site publish, and what of it is its own?
-- columns: site_id, name, those of levels_of (levels.sql; sites is 0 where the origin is unknown), exclusive_stories
--          (stand on no other site), operator_id, why, is_new (first seen in the last 30 days before the snapshot's
--          newest fetch), is_failing (most of its last ten visits failed)
WITH keyed AS (
    SELECT held_site_id AS id, * FROM chosen WHERE once
),
exclusive AS (
    SELECT per, id, count(DISTINCT story) AS stories FROM keyed WHERE exclusive GROUP BY ALL
)
SELECT l.per, l.id AS site_id, coalesce(s.name, l.id) AS name, l.* EXCLUDE (per, id),
       coalesce(e.stories, 0) AS exclusive_stories, s.operator_id, s.why,
       coalesce(h.is_new, false) AS is_new, coalesce(h.is_failing, false) AS is_failing
FROM levels_of('keyed') l
LEFT JOIN sites s ON s.site_id = l.id
LEFT JOIN exclusive e ON e.id = l.id AND e.per IS NOT DISTINCT FROM l.per
LEFT JOIN site_health h ON h.site_id = l.id
ORDER BY l.stories DESC, l.id;
