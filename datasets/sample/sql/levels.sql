-- question: how are all reports but that of platforms counted, whatever a row stands for?
-- makes: macro levels_of(keyed), `keyed` being the name of rows of `chosen` with an `id`; one row an id.
--        An article stands at most once under an id
-- columns: per (as in chosen.sql), id, pages, stories, templates, sites, operators, alleged_own_stories, alleged_templated_stories,
--          claimed_stories, live_pages, gone_pages, undated_pages, undated_share, ambiguous_share, first_seen, last_seen
CREATE OR REPLACE TEMP MACRO levels_of(keyed) AS TABLE
SELECT per, id,
       count(*) AS pages,
       count(DISTINCT story) AS stories,
       count(DISTINCT template) AS templates,
       count(DISTINCT site) AS sites,
       count(DISTINCT operator) AS operators,
       count(DISTINCT story) FILTER (alleged_own) AS alleged_own_stories,
       count(DISTINCT story) FILTER (alleged_templated) AS alleged_templated_stories,
       count(DISTINCT story) FILTER (claimed) AS claimed_stories,
       count(*) FILTER (state = 'live') AS live_pages,
       count(*) FILTER (state IN ('gone', 'soft-404')) AS gone_pages,
       count(*) FILTER (published_at IS NULL) AS undated_pages,
       round(undated_pages / pages, 4) AS undated_share,
       round(count(*) FILTER (ambiguous) / pages, 4) AS ambiguous_share,
       min(first_seen_at) AS first_seen,
       max(last_seen_at) AS last_seen
FROM query_table(keyed)
GROUP BY per, id;
