-- question: which groups are these, in 16 hex?
-- reads: skeleton_faces; gives: digest
SELECT left(md5(coalesce(string_agg(face, ' ' ORDER BY face), '')), 16) AS digest FROM skeleton_faces
