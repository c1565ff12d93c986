-- question: which dates of publication does a farm give rather than a calendar?
-- reads: part_articles, versions, known_pages
-- parameters: $same_minute, $same_day (pages), $same_day_share (of the site's dated pages)
-- makes: article_doubts(article_id, published_doubt), one row per article whose date is in doubt; the strongest:
--   after-seen   later than the first time the page was seen
--   moved        its versions give different days: the page is dated anew
--   same-minute  several pages of the site carry this minute: nobody writes so fast
--   same-day     many pages, a good part of the site's dated ones, carry this day: put there in one go
-- Left alone: a day that became a day with an hour; several articles a day where that is the site's rhythm.
CREATE OR REPLACE TEMP TABLE article_doubts AS
WITH dated AS (
    SELECT DISTINCT ON (a.article_id) a.article_id, a.url, a.site_id, a.published_at, k.first_seen_at,
           timezone('Asia/Shanghai', a.published_at) AS local
    FROM part_articles a JOIN versions v USING (article_id) LEFT JOIN known_pages k ON k.url = a.url
    WHERE a.published_at IS NOT NULL
    ORDER BY a.article_id
),
pages AS (SELECT site_id, count(DISTINCT url) AS pages FROM dated GROUP BY site_id),
minutes AS (
    SELECT site_id, date_trunc('minute', local) AS at FROM dated
    WHERE local::TIME <> TIME '00:00'  -- a date without an hour
    GROUP BY ALL HAVING count(DISTINCT url) >= $same_minute
),
days AS (
    SELECT d.site_id, d.local::DATE AS day FROM dated d JOIN pages p USING (site_id)
    GROUP BY ALL HAVING count(DISTINCT d.url) >= $same_day AND count(DISTINCT d.url) >= $same_day_share * any_value(p.pages)
),
moved AS (SELECT url FROM dated GROUP BY url HAVING count(DISTINCT local::DATE) > 1)
SELECT d.article_id,
       CASE WHEN d.published_at > d.first_seen_at THEN 'after-seen'
            WHEN d.url IN (SELECT url FROM moved) THEN 'moved'
            WHEN EXISTS (FROM minutes m WHERE m.site_id = d.site_id AND m.at = date_trunc('minute', d.local))
            THEN 'same-minute'
            WHEN EXISTS (FROM days y WHERE y.site_id = d.site_id AND y.day = d.local::DATE)
            THEN 'same-day' END AS published_doubt
FROM dated d
ORDER BY d.article_id;
