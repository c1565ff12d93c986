-- question: how are all reports but that of platforms counted, whatever a row stands for?
-- makes: macro levels_of(keyed), `keyed` being the name of rows of `chosen` with an `id`; one row an id
-- columns: id, pages, stories, templates, sites, operators, alleged_own_stories, alleged_templated_stories,
--          claimed_stories, live_pages, gone_pages, undated_pages, undated_share, ambiguous_share, first_seen, last_seen
CREATE OR REPLACE TEMP MACRO levels_of(keyed) AS TABLE
SELECT id,
       count(DISTINCT url) AS pages,
       count(DISTINCT story_id) AS stories,
       count(DISTINCT template_id) AS templates,
       count(DISTINCT site_id) AS sites,
       count(DISTINCT operator_id) AS operators,
       count(DISTINCT story_id) FILTER (alleged_own) AS alleged_own_stories,
       count(DISTINCT story_id) FILTER (alleged_templated) AS alleged_templated_stories,
       count(DISTINCT story_id) FILTER (claimed) AS claimed_stories,
       count(DISTINCT url) FILTER (state = 'live') AS live_pages,
       count(DISTINCT url) FILTER (state IN ('gone', 'soft-404')) AS gone_pages,
       count(DISTINCT url) FILTER (published_at IS NULL) AS undated_pages,
       round(undated_pages / pages, 4) AS undated_share,
       round(count(DISTINCT url) FILTER (ambiguous) / pages, 4) AS ambiguous_share,
       min(first_seen_at) AS first_seen,
       max(last_seen_at) AS last_seen
FROM query_table(keyed)
GROUP BY id;
