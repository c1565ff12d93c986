-- question: how is one platform named?
-- $id
-- columns: those of platform_counts but its id and name; NULL where no article has it as its subject
SELECT c.* EXCLUDE (platform_id, name)
FROM (SELECT $id AS platform_id) LEFT JOIN platform_counts c USING (platform_id);
