-- question: which candidate lines stand on the pages of each site, where on the page, and between which?
-- parameters: $drafts, $draft_lines: Parquet files; $heading: a numbered heading; $heading_chars: its most;
--             $sentence: the end of a sentence; $long_han: Han of a line as long as a sentence; $least: pages
-- gives: table memory_lines (article_id, url, site_id, ordinal, text, key, kind, place, is_long, from_start,
--        from_end, previous, next, under_heading, pages): `pages` counts the site's pages that hold the key
-- Pages of unknown origin have no site, and a line that its own page explains needs no memory. is_long is told of
-- lines that recur on some site: nothing else is asked of the others, and they are most. CASE asks step by step.
CREATE OR REPLACE TEMP TABLE memory_lines AS
WITH candidates AS (
    SELECT d.article_id, d.url, d.site_id, l.ordinal, l.text, l.key, l.kind, l.place,
           CASE WHEN l.kind = 'heading' THEN true
                WHEN length(l.text) > $heading_chars THEN false
                WHEN NOT regexp_matches(l.text, $heading) THEN false
                ELSE NOT regexp_matches(l.text, $sentence) END AS is_heading
    FROM read_parquet($draft_lines) l
    JOIN read_parquet($drafts) d USING (article_id)
    WHERE l.reason IS NULL AND l.ordinal > 0 AND d.sourced
),
held AS (
    SELECT site_id, key, count(DISTINCT article_id) AS pages FROM candidates GROUP BY ALL
),
met AS (
    SELECT site_id, key, pages, max(pages) OVER (PARTITION BY key) >= $least AS recurs FROM held
)
SELECT candidates.* EXCLUDE is_heading,
       CASE WHEN NOT met.recurs THEN false
            WHEN regexp_matches(text, $sentence) THEN true
            ELSE length(regexp_replace(text, '[^\x{3400}-\x{9fff}]', '', 'g')) >= $long_han END AS is_long,
       row_number() OVER page AS from_start,
       count(*) OVER (PARTITION BY article_id) - row_number() OVER page + 1 AS from_end,
       lag(key) OVER page AS previous,
       lead(key) OVER page AS next,
       coalesce(lag(is_heading) OVER page, false) AS under_heading,
       met.pages
FROM candidates
JOIN met USING (site_id, key)
WINDOW page AS (PARTITION BY article_id ORDER BY ordinal)
