-- question: which names stand in the sampled texts?
-- reads: skeleton_copies, part_mentions; makes: skeleton_names
CREATE OR REPLACE TEMP TABLE skeleton_names AS
SELECT DISTINCT c.number, m.*
FROM part_mentions m JOIN skeleton_copies c USING (article_id) WHERE m.field = 'text'
ORDER BY c.number, m.article_id, m.char_start, m.char_end DESC, m.platform_id;
