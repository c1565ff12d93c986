-- question: what do the templates say, and which strangers stand in which group?
-- reads: made_template_sentences, made_template_versions, made_slot_fillers, made_strangers, skeleton_faces
-- makes, as views: found_template_sentences, found_template_versions, found_slot_fillers,
--        skeleton_strangers(held, surface)
CREATE OR REPLACE TEMP VIEW found_template_sentences AS
SELECT m.* REPLACE (f.template_id AS template_id)
FROM made_template_sentences m JOIN skeleton_faces f ON f.face = m.template_id;

CREATE OR REPLACE TEMP VIEW found_template_versions AS
SELECT m.* REPLACE (f.template_id AS template_id)
FROM made_template_versions m JOIN skeleton_faces f ON f.face = m.template_id;

CREATE OR REPLACE TEMP VIEW found_slot_fillers AS
SELECT m.* REPLACE (f.template_id AS template_id)
FROM made_slot_fillers m JOIN skeleton_faces f ON f.face = m.template_id;

CREATE OR REPLACE TEMP VIEW skeleton_strangers AS
SELECT f.held, m.surface FROM made_strangers m JOIN skeleton_faces f USING (face);
