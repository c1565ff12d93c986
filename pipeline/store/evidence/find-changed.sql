-- question: what became of an id that ended, over all snapshots since?
-- $said
-- columns: change, the last that happened to the id itself; new_ids, those of today's stories, templates or
--   operators that hold its members, none where all have gone
WITH RECURSIVE followed(id, snapshot) AS (
    SELECT new_id, snapshot FROM id_changes WHERE old_id = $said
    UNION
    SELECT later.new_id, later.snapshot
    FROM followed JOIN id_changes later ON later.old_id = followed.id AND later.snapshot > followed.snapshot
), living AS (
    SELECT story_id AS id FROM stories
    UNION ALL SELECT template_id FROM templates
    UNION ALL SELECT operator_id FROM operators
)
SELECT
    (SELECT max_by(change, snapshot) FROM id_changes WHERE old_id = $said) AS change,
    coalesce((SELECT list(DISTINCT id ORDER BY id) FROM followed JOIN living USING (id)), []) AS new_ids
WHERE EXISTS (FROM id_changes WHERE old_id = $said);
