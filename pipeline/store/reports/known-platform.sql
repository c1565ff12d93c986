-- question: which platform is meant by an id, a name or an alias?
-- $said
-- columns: id; an id before a name before an alias; none of an alias that several share
SELECT id FROM (
    SELECT platform_id AS id, 0 AS place FROM platforms WHERE platform_id = $said
    UNION ALL SELECT platform_id, 1 FROM platforms WHERE name = $said OR name_en = $said
    UNION ALL SELECT min(platform_id), 2 FROM platform_aliases WHERE alias = $said HAVING count(*) = 1
)
ORDER BY place, id LIMIT 1;
