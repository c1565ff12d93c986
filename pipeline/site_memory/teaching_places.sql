-- question: which elements that may hold an article stand on which pages, and how much of it do they hold?
-- parameters: $draft_containers: Parquet files
-- gives: table teaching_places (article_id, site_id, confidence, name, later, chars, shared, own, opens, and in
--        ten-thousandths agreement: F1, held: share of the article that stands here, inside: share of this that
--        is the article's)
CREATE OR REPLACE TEMP TABLE teaching_places AS
SELECT article_id, site_id, confidence, name, later, chars, shared, own, opens,
       20000 * shared // (chars + own) AS agreement,
       CASE WHEN own > 0 THEN 10000 * shared // own ELSE 0 END AS held,
       10000 * shared // chars AS inside
FROM read_parquet($draft_containers)
