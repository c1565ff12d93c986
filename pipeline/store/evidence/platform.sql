-- question: what is known of one platform?
-- $id
-- columns: those of platforms (what is doubtful left out), aliases
SELECT p.* REPLACE (CASE WHEN p.confidence <> 'low' THEN p.operator END AS operator,
                    CASE WHEN p.confidence <> 'low' THEN p.parent END AS parent,
                    CASE WHEN p.confidence <> 'low' THEN p.status END AS status),
       (SELECT coalesce(list(alias ORDER BY alias), []) FROM platform_aliases WHERE platform_id = $id)
           AS aliases
FROM platforms p
WHERE p.platform_id = $id;
