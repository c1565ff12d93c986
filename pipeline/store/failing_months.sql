-- question: in which months did most visits to a site fail?
-- makes: failing_months
INSERT INTO failing_months BY NAME
SELECT date_trunc('month', timezone('Asia/Shanghai', fetched_at))::DATE AS month, site_id
FROM fetches WHERE outcome NOT IN ('skipped', 'robots')
GROUP BY ALL
HAVING count(*) FILTER (outcome IN ('error', 'blocked')) > count(*) / 2
ORDER BY month, site_id;
