-- question: which sites are new to this corpus, and which fail to answer?
-- $new_days: a site is new so many days after it was first seen; $last_visits: of these a failing one lost most
-- makes: site_health
INSERT INTO site_health BY NAME
WITH visits AS (
    SELECT site_id, max_by(outcome IN ('error', 'blocked'), (fetched_at, fetch_id), $last_visits) AS failed
    FROM fetches WHERE outcome NOT IN ('skipped', 'robots') GROUP BY site_id
),
seen AS (
    SELECT site_id, min(first_seen_at) AS first_seen_at FROM pages GROUP BY site_id
)
SELECT s.site_id, timezone('Asia/Shanghai', s.first_seen_at)::DATE AS first_seen_day,
       s.first_seen_at > (SELECT max(fetched_at) FROM fetches) - to_days($new_days::INTEGER)
           AND s.first_seen_at > (SELECT min(first_seen_at) FROM seen) + to_days(1) AS is_new,
       coalesce(2 * len(list_filter(v.failed, lambda one: one)) > len(v.failed), false) AS is_failing
FROM seen s LEFT JOIN visits v USING (site_id);
