-- question: what do the copies of these groups say?
-- reads: skeleton_texts, skeleton_faces; parameter: $numbers
SELECT t.number, f.face, f.template_id, t.article_id, t.title, t.text, t.stands, t.is_known
FROM skeleton_texts t JOIN skeleton_faces f USING (number)
WHERE t.number IN (SELECT unnest($numbers)) ORDER BY t.number, t.stands DESC, t.place
