-- question: of which articles is each group's skeleton made?
-- reads: skeleton_copies, skeleton_faces; gives: face, article_id
SELECT f.face, c.article_id FROM skeleton_copies c JOIN skeleton_faces f USING (number)
