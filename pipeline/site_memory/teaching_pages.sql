-- question: which pages of each site may teach where its articles stand?
-- parameters: $drafts: Parquet files; $confidence: least of a teaching page; $novel: least share of its text
--             that stands in no other page's article, and is no aside
-- reads: teaching_passages; gives: table teaching_pages (article_id, site_id, novel, half, teaches)
-- One version a URL, the newest, or a page that changes often would teach more than others. The halves are
-- equal, and by URL, not by the order of pages. Each page counts once: a page that took in what stands beside its
-- article is the longer for it.
CREATE OR REPLACE TEMP TABLE teaching_pages AS
WITH newest AS (
    SELECT article_id, site_id, url, confidence
    FROM read_parquet($drafts)
    WHERE sourced
    QUALIFY row_number() OVER (PARTITION BY site_id, url ORDER BY fetched_at DESC, article_id) = 1
),
lines AS (
    SELECT p.article_id, p.chars,
           NOT p.is_aside AND count(*) OVER (PARTITION BY p.site_id, p.digest) = 1 AS is_own
    FROM teaching_passages p
    JOIN newest USING (article_id)
    WHERE p.inside
),
own AS (
    SELECT article_id, sum(chars) AS chars, coalesce(sum(chars) FILTER (WHERE is_own), 0) AS novel
    FROM lines
    GROUP BY article_id
)
SELECT article_id, site_id,
       novel / chars AS novel,
       row_number() OVER (PARTITION BY site_id ORDER BY md5(url)) % 2 AS half,
       confidence >= $confidence AND novel >= $novel * chars AS teaches
FROM newest
JOIN own USING (article_id)
