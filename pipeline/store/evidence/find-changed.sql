-- question: what became of an id that ended?
-- $said
-- columns: new_id, change
SELECT new_id, change FROM id_changes WHERE old_id = $said ORDER BY snapshot DESC, new_id LIMIT 1;
