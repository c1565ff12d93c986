-- question: what do templates say, who fills them in, and which sentences are somebody's own?
-- reads: found_template_sentences, found_template_versions, found_slot_fillers, found_unlisted_names,
--        own_sentence_rows
-- makes: template_sentences, template_versions, slot_fillers, unlisted_names, own_sentences
INSERT INTO template_sentences BY NAME FROM found_template_sentences ORDER BY template_id, ordinal;

INSERT INTO template_versions BY NAME FROM found_template_versions ORDER BY template_id, ordinal, article_id;

INSERT INTO slot_fillers BY NAME FROM found_slot_fillers ORDER BY template_id, slot, article_id;

INSERT INTO unlisted_names BY NAME FROM found_unlisted_names ORDER BY surface, article_id;

INSERT INTO own_sentences BY NAME
SELECT * FROM own_sentence_rows SEMI JOIN versions USING (article_id)
ORDER BY article_id, field DESC, char_start;
