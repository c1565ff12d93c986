-- question: what is all that the skeleton of each group depends on, in 128 bits?
-- reads: skeleton_texts, skeleton_names, skeleton_sentences; parameter: $folds, what copies may differ in
-- makes: skeleton_faces(number, held, template_id, face)
CREATE OR REPLACE TEMP TABLE skeleton_faces AS
WITH named AS (
    SELECT article_id, md5(list(n ORDER BY char_start, char_end DESC, platform_id, n)::VARCHAR) AS names
    FROM (SELECT * EXCLUDE (number) FROM skeleton_names) n GROUP BY article_id
),
said AS (
    SELECT article_id, md5(list(s ORDER BY s)::VARCHAR) AS sentences
    FROM (SELECT article_id, char_start, char_end, key FROM skeleton_sentences) s GROUP BY article_id
),
told AS (
    SELECT t.number, t.held, t.template_id, t.stands, t.place,
           md5({'article': t.article_id, 'title': t.title, 'text': t.text, 'known': t.is_known,
                'names': n.names, 'sentences': s.sentences}::VARCHAR) AS copy
    FROM skeleton_texts t LEFT JOIN named n USING (article_id) LEFT JOIN said s USING (article_id)
)
SELECT number, any_value(held) AS held, any_value(template_id) AS template_id,
       md5(concat($folds, any_value(template_id) IS NULL,
                               list({'stands': stands, 'copy': copy} ORDER BY stands DESC, place)::VARCHAR)) AS face
FROM told GROUP BY number;
