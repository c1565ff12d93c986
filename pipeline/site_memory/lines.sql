-- question: which candidate lines stand on the pages of each site, where on the page, and between which?
-- parameters: $drafts, $draft_lines: Parquet files; $heading: a numbered heading; $heading_chars: its most;
--             $sentence: the end of a sentence; $long_han: Han of a line as long as a sentence
-- gives: table memory_lines (article_id, url, site_id, ordinal, text, key, kind, place, is_long, from_start,
--        from_end, previous, next, under_heading, pages): `pages` counts the site's pages that hold the key
-- Pages of unknown origin have no site, and a line that its own page explains needs no memory.
CREATE OR REPLACE TEMP TABLE memory_lines AS
WITH candidates AS (
    SELECT d.article_id, d.url, d.site_id, l.ordinal, l.text, l.key, l.kind, l.place,
           regexp_matches(l.text, $sentence)
               OR length(regexp_replace(l.text, '[^\x{3400}-\x{9fff}]', '', 'g')) >= $long_han AS is_long,
           l.kind = 'heading'
               OR (length(l.text) <= $heading_chars AND regexp_matches(l.text, $heading)
                   AND NOT regexp_matches(l.text, $sentence)) AS is_heading
    FROM read_parquet($draft_lines) l
    JOIN read_parquet($drafts) d USING (article_id)
    WHERE l.reason IS NULL AND l.ordinal > 0 AND d.sourced
),
held AS (
    SELECT site_id, key, count(DISTINCT article_id) AS pages FROM candidates GROUP BY ALL
)
SELECT candidates.* EXCLUDE is_heading,
       row_number() OVER page AS from_start,
       count(*) OVER (PARTITION BY article_id) - row_number() OVER page + 1 AS from_end,
       lag(key) OVER page AS previous,
       lead(key) OVER page AS next,
       coalesce(lag(is_heading) OVER page, false) AS under_heading,
       held.pages
FROM candidates
JOIN held USING (site_id, key)
WINDOW page AS (PARTITION BY article_id ORDER BY ordinal)
