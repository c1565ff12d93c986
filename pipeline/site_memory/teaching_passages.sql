-- question: which longer lines stand on which pages, inside or aside of the article, and aside of it elsewhere?
-- parameters: $draft_passages: Parquet files; $elsewhere: other articles
-- gives: table teaching_passages (article_id, page, site, digest, chars, inside, is_aside): numbers of article_id,
--        site_id and the digest's hex; `is_aside` where the line stands aside of that many other articles
-- Articles are told apart by their longest line, not counted by pages: copies of an article are one, though one
-- of them may have been read with a line less than the others.
CREATE OR REPLACE TEMP TABLE teaching_passages AS
WITH read AS MATERIALIZED (
    SELECT article_id, hash(article_id) AS page, hash(site_id) AS site, concat('0x', digest)::UBIGINT AS digest,
           chars, inside
    FROM read_parquet($draft_passages)
),
longest AS (
    SELECT page, arg_min(digest, (-chars, digest)) AS article FROM read WHERE inside GROUP BY page
),
asides AS (
    SELECT site, digest, count(DISTINCT article) AS articles, min(article) AS first, max(article) AS last
    FROM (SELECT site, digest, coalesce(article, page) AS article
          FROM read LEFT JOIN longest USING (page) WHERE NOT inside)
    GROUP BY ALL
)
SELECT r.*,
       coalesce(
           a.articles - (coalesce(l.article, r.page) IN (a.first, a.last) AND a.articles <= $elsewhere)::INT
               >= $elsewhere, false
       ) AS is_aside
FROM read r
LEFT JOIN longest l USING (page)
LEFT JOIN asides a ON a.site = r.site AND a.digest = r.digest
