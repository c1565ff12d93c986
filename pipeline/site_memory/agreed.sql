-- question: on which element do the teaching pages of each site agree, of pages on which no learnt one stands?
-- parameters: in ten-thousandths $same: that counts as all, $most: as the greater part of an article; $least: teaching
--             pages with the element, $least_same: of these alike; shares of the pages: $share, $half_share (of the
--             half on which it is lower), $whole, $regular; $records_share of those with more; $records,
--             $no_more: shares of what goes on behind an
--             element; $fits: mean agreement
-- reads: teaching_pages, teaching_places, learnt (site_id, name)
-- gives: site_id, name, n_pages, n_agreeing, agreement, held_out: the lower of its shares on either half, fit
-- Each half is held out from the other: an element is learnt only where it holds on both.
-- fit, the best first. alike: the text of most articles is the text of this element. inner: most pages take in what
-- stands behind their article, comments or teasers, and would agree on too large an element. This one holds the
-- beginning of nearly every article and the greater part of most; it is the whole of some; and what goes on behind
-- it on the others are records, many elements of one name. outer: holds nearly every article, but not alone.
WITH settled AS (
    SELECT DISTINCT article_id FROM teaching_places JOIN learnt USING (site_id, name) WHERE NOT later
),
taught AS (
    SELECT c.*, p.half
    FROM teaching_pages p
    JOIN teaching_places c USING (article_id)
    WHERE p.teaches AND NOT c.later AND NOT EXISTS (SELECT 1 FROM settled s WHERE s.article_id = p.article_id)
),
elements AS (
    SELECT site_id, name,
           count(*) AS n_pages,
           avg(agreement ORDER BY agreement) AS agreement,
           quantile_disc(agreement, 0.5) AS middle,
           count(*) FILTER (WHERE agreement >= $same) AS alike,
           least(avg((agreement >= $same)::INT) FILTER (WHERE half = 0),
                 avg((agreement >= $same)::INT) FILTER (WHERE half = 1)) AS alike_held_out,
           count(*) FILTER (WHERE held >= $same) AS around,
           least(avg((held >= $same)::INT) FILTER (WHERE half = 0),
                 avg((held >= $same)::INT) FILTER (WHERE half = 1)) AS around_held_out,
           avg((held >= $most)::INT) AS mostly,
           least(avg((held >= $most)::INT) FILTER (WHERE half = 0),
                 avg((held >= $most)::INT) FILTER (WHERE half = 1)) AS mostly_held_out,
           avg((inside >= $same)::INT) AS inside,
           avg(opens::INT) AS opens
    FROM taught
    GROUP BY ALL
    HAVING count(DISTINCT half) = 2
),
openings AS (
    SELECT site_id, name
    FROM elements
    WHERE n_pages >= $least AND least(opens, inside) >= $regular AND mostly >= $share
      AND mostly_held_out >= $half_share AND around >= greatest(2, $whole * n_pages)
),
rests AS (
    SELECT t.site_id, t.name, t.article_id,
           coalesce(max(r.shared) FILTER (WHERE r.shared <= $no_more * (t.own - t.shared)), 0)
               >= $records * (t.own - t.shared) AS of_records
    FROM taught t
    JOIN openings USING (site_id, name)
    LEFT JOIN teaching_places r ON r.article_id = t.article_id AND r.later
    WHERE t.held < $same
    GROUP BY t.site_id, t.name, t.article_id, t.own, t.shared
),
inner_ones AS (
    SELECT site_id, name FROM rests GROUP BY ALL HAVING avg(of_records::INT) >= $records_share
),
ranked AS (
    SELECT e.*,
           CASE WHEN i.name IS NOT NULL THEN 'inner'
                WHEN alike >= greatest($least_same, $share * n_pages) AND alike_held_out >= $half_share
                    THEN 'alike'
                WHEN around >= greatest($least_same, $regular * n_pages) AND around_held_out >= $share
                    AND agreement >= $fits THEN 'outer'
           END AS fit
    FROM elements e
    LEFT JOIN inner_ones i USING (site_id, name)
    WHERE n_pages >= $least
)
SELECT site_id, name, n_pages, CASE fit WHEN 'alike' THEN alike ELSE around END AS n_agreeing,
       round(agreement / 10000, 4) AS agreement,
       round(CASE fit WHEN 'alike' THEN alike_held_out WHEN 'inner' THEN mostly_held_out
                 ELSE around_held_out END, 4) AS held_out,
       fit
FROM ranked
WHERE fit IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY site_id ORDER BY fit <> 'inner', fit, middle DESC, agreement DESC, name) = 1
ORDER BY site_id
