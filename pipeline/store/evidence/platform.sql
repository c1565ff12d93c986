-- question: what is known of one platform?
-- $id
-- columns: those of platforms (what is doubtful left out), aliases, those of platform_counts
SELECT p.* REPLACE (CASE WHEN p.confidence <> 'low' THEN p.operator END AS operator,
                    CASE WHEN p.confidence <> 'low' THEN p.parent END AS parent),
       (SELECT coalesce(list(alias ORDER BY alias), []) FROM platform_aliases WHERE platform_id = p.platform_id)
           AS aliases,
       c.* EXCLUDE (platform_id, name)
FROM platforms p LEFT JOIN platform_counts c USING (platform_id)
WHERE p.platform_id = $id;
