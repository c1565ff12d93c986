-- question: how are all reports but that of platforms counted, whatever a row stands for?
-- makes: macro levels_of(keyed), `keyed` being the name of rows of `chosen` with an `id`; one row an id.
--        An article stands at most once under an id. It is made with the store, since to make it costs a reader 4 ms
-- columns: per (as in chosen.sql), id, pages, stories, templates, sites, operators, alleged_own_stories, alleged_templated_stories,
--          claimed_stories, live_pages, gone_pages, undated_pages, undated_share, ambiguous_share, first_seen, last_seen,
--          exclusive_stories (stand on no other site)
-- A story has one template and a site one operator (check.sql holds both), so pages are folded into stories, these
-- into templates, sites into operators: seven count(DISTINCT) beside one another take twice the time, and to plan
-- them longer than to count a platform's rows. What is added up goes by site, of which there are few.
CREATE OR REPLACE MACRO levels_of(keyed) AS TABLE
WITH told AS (
    SELECT per, id, story, template, bool_or(alleged_own) AS own, bool_or(alleged_templated) AS templated,
           bool_or(claimed) AS said, bool_or(exclusive) AS alone
    FROM query_table(keyed) GROUP BY per, id, story, template
),
filled AS (
    SELECT per, id, template, count(story) AS stories, count(story) FILTER (own) AS own,
           count(story) FILTER (templated) AS templated, count(story) FILTER (said) AS said,
           count(story) FILTER (alone) AS alone
    FROM told GROUP BY per, id, template
),
texts AS (
    SELECT per, id, sum(stories)::BIGINT AS stories, count(template) AS templates, sum(own)::BIGINT AS own,
           sum(templated)::BIGINT AS templated, sum(said)::BIGINT AS said, sum(alone)::BIGINT AS alone
    FROM filled GROUP BY per, id
),
placed AS (
    SELECT per, id, site, operator, count(*) AS n,
           count(*) FILTER (state = 'live') AS live,
           count(*) FILTER (state IN ('gone', 'soft-404')) AS gone,
           count(*) FILTER (published_at IS NULL) AS undated,
           count(*) FILTER (ambiguous) AS doubtful,
           min(first_seen_at) AS earliest, max(last_seen_at) AS latest
    FROM query_table(keyed) GROUP BY per, id, site, operator
),
run AS (
    SELECT per, id, operator, count(site) AS sites, sum(n)::BIGINT AS n, sum(live)::BIGINT AS live,
           sum(gone)::BIGINT AS gone, sum(undated)::BIGINT AS undated, sum(doubtful)::BIGINT AS doubtful,
           min(earliest) AS earliest, max(latest) AS latest
    FROM placed GROUP BY per, id, operator
),
behind AS (
    SELECT per, id, sum(sites)::BIGINT AS sites, count(operator) AS operators, sum(n)::BIGINT AS n,
           sum(live)::BIGINT AS live,
           sum(gone)::BIGINT AS gone, sum(undated)::BIGINT AS undated, sum(doubtful)::BIGINT AS doubtful,
           min(earliest) AS earliest, max(latest) AS latest
    FROM run GROUP BY per, id
)
SELECT t.per, t.id, b.n AS pages, t.stories, t.templates, b.sites, b.operators,
       t.own AS alleged_own_stories, t.templated AS alleged_templated_stories, t.said AS claimed_stories,
       b.live AS live_pages, b.gone AS gone_pages, b.undated AS undated_pages,
       round(b.undated / b.n, 4) AS undated_share,
       round(b.doubtful / b.n, 4) AS ambiguous_share,
       b.earliest AS first_seen, b.latest AS last_seen, t.alone AS exclusive_stories
FROM texts t JOIN behind b ON b.id = t.id AND b.per IS NOT DISTINCT FROM t.per;
