-- question: which sentences does a template have?
-- $id
-- columns: those of template_sentences but its own id
SELECT * EXCLUDE (template_id) FROM template_sentences WHERE template_id = $id ORDER BY ordinal;
