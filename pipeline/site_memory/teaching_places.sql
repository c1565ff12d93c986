-- question: which elements that may hold an article stand on which pages?
-- parameters: $draft_containers: Parquet files
-- gives: table teaching_places (article_id, site_id, confidence, name, agreement in ten-thousandths)
CREATE OR REPLACE TEMP TABLE teaching_places AS
SELECT article_id, site_id, confidence, name, round(10000 * agreement)::BIGINT AS agreement
FROM read_parquet($draft_containers)
