-- question: which articles are compared, under which normal form, and what do they speak of?
-- reads: part_articles, versions, part_mentions, part_text_keys
-- makes: copy_articles(article_id, number, url, site_id, sourced, is_current, normal_sha256, unit, subjects, place,
--        n_chars)
-- A payload that came back may stand in two parts; every row is taken once. Units are numbered in the
-- order of the digests of their normal forms, so that no order of pages or times decides anything.
-- `number` stands for the id where there is a row for each sentence.
CREATE OR REPLACE TEMP TABLE copy_subjects AS
SELECT article_id, list(DISTINCT platform_id ORDER BY platform_id) AS subjects
FROM part_mentions WHERE role = 'subject' GROUP BY article_id;

CREATE OR REPLACE TEMP TABLE copy_articles AS
SELECT DISTINCT ON (a.article_id)
       a.article_id, a.url, a.site_id, a.sourced, a.n_chars, v.is_current, t.normal_sha256, t.place,
       coalesce(s.subjects, []) AS subjects,
       dense_rank() OVER (ORDER BY t.normal_sha256) - 1 AS unit,
       (dense_rank() OVER (ORDER BY a.article_id) - 1)::INTEGER AS number
FROM part_articles a
JOIN versions v USING (article_id)
JOIN part_text_keys t USING (article_id)
LEFT JOIN copy_subjects s USING (article_id)
ORDER BY a.article_id;

DROP TABLE copy_subjects;
