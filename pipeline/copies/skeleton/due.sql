-- question: which groups' skeletons are not known yet?
-- reads: skeleton_faces, known_faces(face); gives: number, in order
SELECT number FROM skeleton_faces ANTI JOIN known_faces USING (face) ORDER BY number
