-- question: which longer lines stand on which pages, inside or aside of the article, and aside of it elsewhere?
-- parameters: $draft_passages: Parquet files; $elsewhere: other articles
-- gives: table teaching_passages (article_id, site_id, digest, chars, inside, is_aside): `is_aside` where the
--        line stands aside of that many other articles
-- Articles are told apart by their longest line, not counted by pages: copies of an article are one, though one
-- of them may have been read with a line less than the others.
CREATE OR REPLACE TEMP TABLE teaching_passages AS
WITH longest AS (
    SELECT article_id, first(digest ORDER BY chars DESC, digest) AS article
    FROM read_parquet($draft_passages)
    WHERE inside
    GROUP BY article_id
),
passages AS (
    SELECT p.article_id, p.site_id, p.digest, p.chars, p.inside, coalesce(l.article, p.article_id) AS article
    FROM read_parquet($draft_passages) p
    LEFT JOIN longest l USING (article_id)
),
asides AS (
    SELECT site_id, digest, count(DISTINCT article) AS articles, min(article) AS first, max(article) AS last
    FROM passages
    WHERE NOT inside
    GROUP BY ALL
)
SELECT p.article_id, p.site_id, p.digest, p.chars, p.inside,
       coalesce(
           a.articles - (p.article IN (a.first, a.last) AND a.articles <= $elsewhere)::INT >= $elsewhere, false
       ) AS is_aside
FROM passages p
LEFT JOIN asides a ON a.site_id = p.site_id AND a.digest = p.digest
