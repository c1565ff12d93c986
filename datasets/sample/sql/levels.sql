-- question: how are all reports but that of platforms counted, whatever a row stands for?
-- makes: macro levels_of(keyed), `keyed` being the name of rows of `chosen` with an `id`; one row an id.
--        An article stands at most once under an id
-- columns: per (as in chosen.sql), id, pages, stories, templates, sites, operators, alleged_own_stories, alleged_templated_stories,
--          claimed_stories, live_pages, gone_pages, undated_pages, undated_share, ambiguous_share, first_seen, last_seen
-- A story has one template and a site one operator (check.sql holds both), so pages are folded into stories, these
-- into templates, sites into operators: seven count(DISTINCT) beside one another take twice the time, and to plan
-- them longer than to count a platform's rows.
CREATE TEMP MACRO IF NOT EXISTS levels_of(keyed) AS TABLE
WITH told AS (
    SELECT per, id, story, template, count(*) AS n,
           bool_or(alleged_own) AS own, bool_or(alleged_templated) AS templated, bool_or(claimed) AS said,
           count(*) FILTER (state = 'live') AS live,
           count(*) FILTER (state IN ('gone', 'soft-404')) AS gone,
           count(*) FILTER (published_at IS NULL) AS undated,
           count(*) FILTER (ambiguous) AS doubtful,
           min(first_seen_at) AS earliest, max(last_seen_at) AS latest
    FROM query_table(keyed) GROUP BY per, id, story, template
),
filled AS (
    SELECT per, id, template, sum(n)::BIGINT AS n, count(story) AS stories, count(story) FILTER (own) AS own,
           count(story) FILTER (templated) AS templated, count(story) FILTER (said) AS said,
           sum(live)::BIGINT AS live, sum(gone)::BIGINT AS gone, sum(undated)::BIGINT AS undated,
           sum(doubtful)::BIGINT AS doubtful, min(earliest) AS earliest, max(latest) AS latest
    FROM told GROUP BY per, id, template
),
run AS (
    SELECT per, id, operator, count(site) AS sites
    FROM (SELECT DISTINCT per, id, site, operator FROM query_table(keyed)) GROUP BY per, id, operator
),
behind AS (SELECT per, id, sum(sites)::BIGINT AS sites, count(operator) AS operators FROM run GROUP BY per, id)
SELECT f.per, f.id,
       sum(f.n)::BIGINT AS pages,
       sum(f.stories)::BIGINT AS stories,
       count(f.template) AS templates,
       any_value(b.sites) AS sites,
       any_value(b.operators) AS operators,
       sum(f.own)::BIGINT AS alleged_own_stories,
       sum(f.templated)::BIGINT AS alleged_templated_stories,
       sum(f.said)::BIGINT AS claimed_stories,
       sum(f.live)::BIGINT AS live_pages,
       sum(f.gone)::BIGINT AS gone_pages,
       sum(f.undated)::BIGINT AS undated_pages,
       round(undated_pages / pages, 4) AS undated_share,
       round(sum(f.doubtful) / pages, 4) AS ambiguous_share,
       min(f.earliest) AS first_seen,
       max(f.latest) AS last_seen
FROM filled f JOIN behind b ON b.id = f.id AND b.per IS NOT DISTINCT FROM f.per
GROUP BY f.per, f.id;
