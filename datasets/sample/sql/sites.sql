-- question: what does each site publish, and what of it is its own?
-- reads: numbered (numbered.sql)
-- columns: site_id, name, those of levels_of (levels.sql; sites is 0 where the origin is unknown), exclusive_stories
--          (stand on no other site), operator_id, why, is_new (first seen in the last 30 days before the snapshot's
--          newest fetch), is_failing (most of its last ten visits failed)
SELECT n.per, n.finding AS site_id, coalesce(s.name, n.finding) AS name,
       n.* EXCLUDE (per, kind, finding, assertion, own), s.operator_id, s.why,
       coalesce(h.is_new, false) AS is_new, coalesce(h.is_failing, false) AS is_failing
FROM numbered n
LEFT JOIN sites s ON s.site_id = n.finding
LEFT JOIN site_health h ON h.site_id = n.finding
WHERE n.kind = 'site'
ORDER BY n.stories DESC, n.finding;
