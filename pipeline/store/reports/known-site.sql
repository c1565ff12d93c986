-- question: which site is meant by an id or a name?
-- $said
-- columns: id
SELECT site_id AS id FROM sites WHERE site_id = $said OR name = $said
ORDER BY site_id <> $said, id LIMIT 1;
