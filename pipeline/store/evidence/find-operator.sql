-- question: is this the id of a operator?
-- $said
-- columns: id
SELECT operator_id AS id FROM operators WHERE operator_id = $said;
