-- question: which elements do the pages of each site leave out that were read where their site has its articles?
-- parameters: $same: ten-thousandths of the article that count as all of it; $least: pages that leave it out;
--             $regular: their share of those that have it; $part: ten-thousandths of an element that are nothing
-- reads: teaching_pages, teaching_places, learnt (site_id, name, rank)
-- gives: table left_out (site_id, name, later)
-- What is said of the first element of a name holds for those behind it, and the other way round, unless the pages
-- say otherwise: the first of three teasers may be long enough to stand apart on one page alone.
CREATE OR REPLACE TEMP TABLE left_out AS
WITH standing AS (
    SELECT c.article_id, c.site_id, l.name, c.held
    FROM teaching_places c
    JOIN teaching_pages p USING (article_id)
    JOIN learnt l ON l.site_id = c.site_id AND l.name = c.name
    WHERE NOT c.later AND p.teaches
    QUALIFY row_number() OVER (PARTITION BY c.article_id ORDER BY l.rank) = 1
),
votes AS (
    SELECT c.site_id, c.name, c.later,
           count(*) AS pages,
           count(*) FILTER (WHERE c.inside <= $part) AS without
    FROM standing s
    JOIN teaching_places c USING (article_id)
    WHERE s.held >= $same AND (c.later OR c.name <> s.name)
    GROUP BY ALL
),
named AS (
    SELECT site_id, name, max(without) AS most FROM votes WHERE without >= $regular * pages GROUP BY ALL
)
SELECT n.site_id, n.name, g.later
FROM named n
CROSS JOIN (VALUES (false), (true)) g(later)
LEFT JOIN votes v ON v.site_id = n.site_id AND v.name = n.name AND v.later = g.later
WHERE n.most >= $least
  AND (v.without >= $regular * v.pages
       OR (v.name IS NULL AND NOT EXISTS (
            SELECT 1 FROM learnt l WHERE l.site_id = n.site_id AND l.name = n.name
       )))
