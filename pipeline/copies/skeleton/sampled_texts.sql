-- question: what do the sampled articles of the groups say that are not known yet?
-- reads: skeleton_copies, skeleton_due, part_articles; makes: skeleton_texts
-- A payload that came back may stand in two parts; it is taken once.
CREATE OR REPLACE TEMP TABLE skeleton_texts AS
SELECT DISTINCT ON (c.number, c.stands, c.place) c.*, a.title, a.text
FROM skeleton_copies c SEMI JOIN skeleton_due USING (number) JOIN part_articles a USING (article_id)
ORDER BY c.number, c.stands DESC, c.place, a.text_sha256;
