-- question: which pages of each site may teach where its articles stand?
-- parameters: $drafts: Parquet files; $confidence: least of a teaching page; $novel: least share of its text
--             that stands in no other page's article, and is no aside
-- reads: teaching_passages; gives: table teaching_pages (article_id, site_id, novel, half, teaches)
-- One version a URL, the newest, or a page that changes often would teach more than others. The halves are
-- equal, and by URL, not by the order of pages. Each page counts once: a page that took in what stands beside its
-- article is the longer for it.
CREATE OR REPLACE TEMP TABLE teaching_pages AS
WITH newest AS (
    SELECT article_id, hash(article_id) AS page, site_id, url, confidence
    FROM read_parquet($drafts)
    WHERE sourced
    QUALIFY row_number() OVER (PARTITION BY site_id, url ORDER BY fetched_at DESC, article_id) = 1
),
said AS (
    SELECT p.page, p.site, p.digest, p.chars, p.is_aside
    FROM teaching_passages p SEMI JOIN newest USING (page) WHERE p.inside
),
alone AS (
    SELECT any_value(page) AS page, any_value(chars) AS chars
    FROM said GROUP BY site, digest HAVING count(*) = 1 AND NOT bool_or(is_aside)
),
sizes AS (SELECT page, sum(chars) AS chars FROM said GROUP BY page),
novelties AS (SELECT page, sum(chars) AS novel FROM alone GROUP BY page),
own AS (SELECT page, chars, coalesce(novel, 0) AS novel FROM sizes LEFT JOIN novelties USING (page))
SELECT article_id, site_id,
       novel / chars AS novel,
       row_number() OVER (PARTITION BY site_id ORDER BY md5(url)) % 2 AS half,
       confidence >= $confidence AND novel >= $novel * chars AS teaches
FROM newest
JOIN own USING (page)
