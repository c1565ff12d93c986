-- question: is this the id of a template?
-- $said
-- columns: id
SELECT template_id AS id FROM templates WHERE template_id = $said;
