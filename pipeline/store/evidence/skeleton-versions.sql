-- question: where does each compared story word the sentences of a template?
-- $id
-- columns: ordinal, article_id, char_start, char_end, is_moved
SELECT ordinal, article_id, char_start, char_end, is_moved FROM template_versions WHERE template_id = $id;
