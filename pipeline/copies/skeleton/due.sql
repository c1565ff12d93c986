-- question: which groups' skeletons are not known yet?
-- reads: skeleton_faces, known_faces(face); makes: skeleton_due(number); gives: number, in order
CREATE OR REPLACE TEMP TABLE skeleton_due AS
SELECT number FROM skeleton_faces ANTI JOIN known_faces USING (face);

FROM skeleton_due ORDER BY number
