-- question: can the chosen articles be spread over time at all?
-- $basis: published | first-seen
-- columns: per (NULL in the row of all articles together, which is there even if there are none), pages, undated (no date), batched (a date that many pages share: a farm's date, see articles.published_doubt;
--          of first-seen dates those of the day on which the site itself was first seen, since that is when this
--          corpus began to look, not when anybody wrote)
SELECT per, count(*) AS pages,
       count(*) FILTER (day IS NULL) AS undated,
       count(*) FILTER (
           CASE WHEN $basis = 'published' THEN published_doubt IS NOT NULL
                ELSE day = h.first_seen_day END) AS batched
FROM chosen c LEFT JOIN site_health h ON h.site_id = c.held_site_id
WHERE once
GROUP BY GROUPING SETS ((per), ()) HAVING (grouping(per) = 0) = (per IS NOT NULL);
