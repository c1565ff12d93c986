-- question: what is each article's story, template and share of own text; what do templates say; who operates?
-- reads: copy_stories, copy_sentence_own, copy_ids(kind, number, id), copy_skeletons(cluster, skeleton),
--        copy_operators, copy_operator_evidence, copy_site_operators, copy_changes
-- makes: article_groups, template_skeletons, site_operators, operator_rows, operator_evidence_rows, id_change_rows;
--        leaves no copy_ table
CREATE OR REPLACE TEMP TABLE article_groups AS
WITH shares AS (
    SELECT article_id,
           sum(char_end - char_start) FILTER (own) AS own_chars, sum(char_end - char_start) AS chars
    FROM copy_sentence_own WHERE field = 'text' GROUP BY article_id
)
SELECT t.article_id, s.id AS story_id, k.id AS template_id, t.is_representative,
       round(coalesce(h.own_chars, 0) / h.chars, 4)::DOUBLE AS own_share
FROM copy_stories t
JOIN copy_ids s ON s.kind = 'story' AND s.number = t.story
LEFT JOIN copy_ids k ON k.kind = 'template' AND k.number = t.cluster
LEFT JOIN shares h USING (article_id)
ORDER BY t.article_id;

CREATE OR REPLACE TEMP TABLE template_skeletons AS
SELECT k.id AS template_id, s.skeleton
FROM copy_skeletons s JOIN copy_ids k ON k.kind = 'template' AND k.number = s.cluster
ORDER BY ALL;

CREATE OR REPLACE TEMP TABLE threshold_groups AS SELECT * FROM copy_thresholds ORDER BY ALL;

CREATE OR REPLACE TEMP TABLE operator_rows AS SELECT * FROM copy_operators ORDER BY operator_id;

CREATE OR REPLACE TEMP TABLE operator_evidence_rows AS SELECT * FROM copy_operator_evidence ORDER BY ALL;

CREATE OR REPLACE TEMP TABLE site_operators AS SELECT * FROM copy_site_operators ORDER BY site_id;

CREATE OR REPLACE TEMP TABLE id_change_rows AS SELECT * FROM copy_changes ORDER BY ALL;

DROP VIEW copy_sentence_own;
DROP TABLE copy_subjects;
DROP TABLE copy_articles;
DROP TABLE copy_stories;
DROP TABLE copy_clusters;
DROP TABLE copy_stitched;
DROP TABLE copy_said;
DROP TABLE copy_asked;
DROP TABLE copy_keys;
DROP TABLE copy_finds;
DROP TABLE copy_own;
