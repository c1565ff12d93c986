-- question: how do the chosen articles spread over months, and what else would explain it?
-- columns: month, pages, stories, templates, sites, operators, alleged_own_stories, alleged_templated_stories,
--          claimed_stories, gone_pages, new_sites, failing_sites (both lists of site ids)
-- A site is new in the month in which it was first seen, and failing in one in which most of its visits failed:
-- either moves the figures though nobody wrote more or less. Months without an article stay, with zeros.
WITH keyed AS (
    SELECT date_trunc('month', day)::DATE AS id, * FROM chosen WHERE once AND day IS NOT NULL
),
months AS (
    SELECT per, unnest(generate_series(min(id), max(id), INTERVAL 1 MONTH))::DATE AS month FROM keyed GROUP BY per
),
fresh AS (
    SELECT date_trunc('month', first_seen_day)::DATE AS month, list(site_id ORDER BY site_id) AS sites
    FROM site_health GROUP BY ALL
),
failing AS (
    SELECT month, list(site_id ORDER BY site_id) AS sites FROM failing_months GROUP BY month
)
SELECT m.per, m.month,
       coalesce(l.pages, 0) AS pages, coalesce(l.stories, 0) AS stories, coalesce(l.templates, 0) AS templates,
       coalesce(l.sites, 0) AS sites, coalesce(l.operators, 0) AS operators,
       coalesce(l.alleged_own_stories, 0) AS alleged_own_stories,
       coalesce(l.alleged_templated_stories, 0) AS alleged_templated_stories,
       coalesce(l.claimed_stories, 0) AS claimed_stories, coalesce(l.gone_pages, 0) AS gone_pages,
       coalesce(f.sites, []) AS new_sites, coalesce(x.sites, []) AS failing_sites
FROM months m
LEFT JOIN levels_of('keyed') l ON l.id = m.month AND l.per IS NOT DISTINCT FROM m.per
LEFT JOIN fresh f ON f.month = m.month
LEFT JOIN failing x ON x.month = m.month
ORDER BY m.month;
