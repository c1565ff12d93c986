-- question: is this the id of a story?
-- $said
-- columns: id
SELECT story_id AS id FROM stories WHERE story_id = $said;
