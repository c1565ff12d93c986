-- question: which articles does a filter of one platform let through, for each platform at once?
-- reads: variable asked (asked.sql), for the date that is meant
-- makes: view chosen, as chosen.sql would for each platform; per: the platform
RESET VARIABLE chosen_for;
CREATE OR REPLACE TEMP VIEW chosen AS
SELECT *, platform_id AS per, true AS once,
       CASE WHEN getvariable('asked').basis = 'published' THEN published_day ELSE first_seen_day END AS day
FROM counted WHERE platform_id IS NOT NULL;
