-- question: which articles, and which of their platforms, does the filter let through?
-- reads: variable asked (asked.sql)
-- makes: view chosen: rows of `counted`: one per current article with platform_id NULL and one per platform that is its
--        subject, or only those of the platform asked for; nothing is copied, so that a question reads only the
--        columns it counts. day: the date asked for, in Asia/Shanghai; once: the rows to read when platforms are
--        not told apart, one per article; per: NULL here. A question is asked of all rows with one `per` at a time, so
--        that it can be asked of each platform at once (each-platform.sql), and leads its columns with it.
RESET VARIABLE chosen_for;
CREATE OR REPLACE TEMP VIEW chosen AS
WITH dated AS (
    SELECT *, NULL::VARCHAR AS per, CASE WHEN getvariable('asked').basis = 'published' THEN published_day ELSE first_seen_day END AS day,
           platform_id IS NOT DISTINCT FROM getvariable('asked').platform AS once
    FROM counted
)
FROM dated
WHERE (getvariable('asked').platform IS NULL OR platform_id = getvariable('asked').platform)
  AND (getvariable('asked').site IS NULL OR held_site_id = getvariable('asked').site)
  AND (getvariable('asked').state IS NULL OR state = getvariable('asked').state)
  AND (getvariable('asked').since IS NULL OR day >= getvariable('asked').since)
  AND (getvariable('asked').until IS NULL OR day <= getvariable('asked').until);
