-- question: what is all that the skeleton of each group depends on, in 128 bits?
-- reads: skeleton_copies, part_articles, skeleton_names; parameter: $folds, what copies may differ in
-- makes: skeleton_faces(number, held, template_id, face)
-- Title and text stand for themselves by their digest. Of what sentences there are, and what is masked in them,
-- the digest of the normal form tells all that the text does not: neither is read here.
CREATE OR REPLACE TEMP TABLE skeleton_faces AS
WITH named AS (
    SELECT article_id, md5(string_agg(name, chr(30) ORDER BY char_start, char_end DESC, platform_id, name)) AS names
    FROM (SELECT article_id, char_start, char_end, platform_id,
                 concat_ws(chr(31), char_start, char_end, platform_id, surface, role, tier, rule) AS name
          FROM skeleton_names)
    GROUP BY article_id
),
texts AS (
    SELECT article_id, min(text_sha256) AS text
    FROM part_articles SEMI JOIN skeleton_copies USING (article_id) GROUP BY article_id
),
told AS (
    SELECT c.number, c.held, c.template_id, c.stands, c.place,
           md5({'article': c.article_id, 'text': t.text, 'normal': c.digest, 'known': c.is_known,
                'names': n.names}::VARCHAR) AS copy
    FROM skeleton_copies c JOIN texts t USING (article_id) LEFT JOIN named n USING (article_id)
)
SELECT number, any_value(held) AS held, any_value(template_id) AS template_id,
       md5(concat($folds, any_value(template_id) IS NULL,
                               list({'stands': stands, 'copy': copy} ORDER BY stands DESC, place)::VARCHAR)) AS face
FROM told GROUP BY number;
