-- question: what is each article's story, template and share of own text?
-- reads: copy_stories, copy_articles, copy_sentences, copy_own, copy_thresholds, copy_ids(kind, number, id)
-- makes: article_groups, own_sentence_rows, threshold_groups; leaves copy_articles alone of the copy_ tables
CREATE OR REPLACE TEMP TABLE article_groups AS
WITH sizes AS (
    SELECT number, sum(char_end - char_start) AS chars FROM copy_sentences WHERE in_text GROUP BY number
),
owns AS (
    SELECT number, sum(char_end - char_start) AS chars FROM copy_own WHERE in_text GROUP BY number
),
shares AS (
    SELECT a.article_id, coalesce(o.chars, 0) / s.chars AS share
    FROM copy_articles a JOIN sizes s USING (number) LEFT JOIN owns o USING (number)
)
SELECT t.article_id, s.id AS story_id, k.id AS template_id, t.is_representative,
       round(h.share, 4)::DOUBLE AS own_share
FROM copy_stories t
JOIN copy_ids s ON s.kind = 'story' AND s.number = t.story
LEFT JOIN copy_ids k ON k.kind = 'template' AND k.number = t.cluster
LEFT JOIN shares h USING (article_id)
ORDER BY t.article_id;

CREATE OR REPLACE TEMP TABLE own_sentence_rows AS
SELECT DISTINCT a.article_id, CASE WHEN o.in_text THEN 'text' ELSE 'title' END AS field, o.char_start, o.char_end
FROM copy_own o JOIN copy_articles a USING (number) ORDER BY ALL;

CREATE OR REPLACE TEMP TABLE threshold_groups AS
SELECT a.article_id, t.threshold, t.story, t.template
FROM copy_thresholds t JOIN copy_articles a USING (number) ORDER BY ALL;

DROP TABLE copy_stories;
DROP TABLE copy_touched;
DROP TABLE copy_sentences;
DROP TABLE copy_keys;
DROP TABLE copy_own;
