-- question: on which element do the teaching pages of each site agree, of pages on which no learnt one stands?
-- parameters: $same: agreement, in ten-thousandths, that counts as the same text; $least, $least_same:
--             teaching pages with the element, and of these with the same text; $share: of their weight, with
--             the same text
-- reads: teaching_pages, teaching_places, learnt (site_id, name)
-- gives: site_id, name, n_pages, n_agreeing, agreement, held_out: the lower of its shares on either half
-- Each half is held out from the other: an element is learnt only where it holds on both.
WITH settled AS (
    SELECT DISTINCT article_id FROM teaching_places JOIN learnt USING (site_id, name)
),
halves AS (
    SELECT p.site_id, c.name, p.half,
           count(*) AS pages,
           count(*) FILTER (WHERE c.agreement >= $same) AS agreeing,
           sum(p.weight) AS weight,
           coalesce(sum(p.weight) FILTER (WHERE c.agreement >= $same), 0) AS agreeing_weight,
           sum(p.weight * c.agreement) AS agreement
    FROM teaching_pages p
    JOIN teaching_places c USING (article_id)
    WHERE p.teaches AND p.weight > 0 AND NOT EXISTS (SELECT 1 FROM settled s WHERE s.article_id = p.article_id)
    GROUP BY ALL
),
whole AS (
    SELECT site_id, name,
           sum(pages)::BIGINT AS n_pages,
           sum(agreeing)::BIGINT AS n_agreeing,
           round(sum(agreement) / sum(weight) / 10000, 4) AS agreement,
           round(min(agreeing_weight / weight), 4) AS held_out
    FROM halves
    GROUP BY ALL
    HAVING count(*) = 2
)
SELECT site_id, name, n_pages, n_agreeing, agreement, held_out
FROM whole
WHERE n_pages >= $least AND n_agreeing >= $least_same AND held_out >= $share
QUALIFY row_number() OVER (PARTITION BY site_id ORDER BY agreement DESC, n_agreeing DESC, name) = 1
ORDER BY site_id
