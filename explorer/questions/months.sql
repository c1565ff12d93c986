-- question: in which months do the chosen articles fall, by the date that the filter means?
-- columns: month (NULL: no date), pages, stories, templates, sites, operators, gone_pages, new_sites (first seen in
--          that month), failing_sites (most of whose visits of that month brought no answer)
WITH placed AS (
    SELECT DISTINCT strftime(day, '%Y-%m') AS month, url, story_id, template_id, site_id, operator_id, state
    FROM chosen
),
newcomers AS (
    SELECT strftime(first_seen, '%Y-%m') AS month, count(*) AS new_sites
    FROM (SELECT held_site_id, timezone('Asia/Shanghai', min(first_seen_at)) AS first_seen
          FROM chosen WHERE sourced GROUP BY held_site_id)
    GROUP BY month
),
failing AS (
    SELECT month, count(*) AS failing_sites
    FROM (SELECT strftime(timezone('Asia/Shanghai', fetched_at), '%Y-%m') AS month, site_id
          FROM fetches GROUP BY ALL
          HAVING count(*) FILTER (outcome IN ('error', 'blocked')) * 2 > count(*))
    GROUP BY month
)
SELECT p.month,
       count(DISTINCT p.url) AS pages,
       count(DISTINCT p.story_id) AS stories,
       count(DISTINCT p.template_id) AS templates,
       count(DISTINCT p.site_id) AS sites,
       count(DISTINCT p.operator_id) AS operators,
       count(DISTINCT p.url) FILTER (p.state IN ('gone', 'soft-404')) AS gone_pages,
       coalesce(any_value(n.new_sites), 0) AS new_sites,
       coalesce(any_value(f.failing_sites), 0) AS failing_sites
FROM placed p
LEFT JOIN newcomers n USING (month)
LEFT JOIN failing f USING (month)
GROUP BY p.month
ORDER BY p.month NULLS LAST;
