-- question: which rows of the last build are of groups that are still the same?
-- reads: variables known_template_sentences, known_template_versions, known_slot_fillers, known_strangers (Parquet
--        files), skeleton_faces
-- makes: rows of made_template_sentences, … ; the face stands where the template's id will
INSERT INTO made_template_sentences SELECT k.* FROM read_parquet(getvariable('known_template_sentences')) k SEMI JOIN skeleton_faces f ON f.face = k.template_id;
INSERT INTO made_template_versions SELECT k.* FROM read_parquet(getvariable('known_template_versions')) k SEMI JOIN skeleton_faces f ON f.face = k.template_id;
INSERT INTO made_slot_fillers SELECT k.* FROM read_parquet(getvariable('known_slot_fillers')) k SEMI JOIN skeleton_faces f ON f.face = k.template_id;
INSERT INTO made_strangers SELECT k.* FROM read_parquet(getvariable('known_strangers')) k SEMI JOIN skeleton_faces f USING (face);
