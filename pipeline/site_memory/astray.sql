-- question: which pages were read elsewhere than in the element on which their site's pages agree, or with more?
-- parameters: in ten-thousandths $same: that counts as all, of the article or of the element, $apart: as half of
--             the article; $sure: confidence; $novel: share of the text that stands on no other page; $some:
--             characters
-- reads: teaching_pages, teaching_places, left_out, learnt (site_id, name, rank, fit)
-- gives: article_id, name, firsts, laters: names of elements on this page that other pages leave out
-- A page that is sure of itself may know better where its text ends: it is left alone if half of its text stands
-- in the element and on no other page, or where it begins (a summary above the element), or if its text goes on in
-- further elements of that name. But what other pages leave out goes, and all behind an element behind which no
-- article goes on. A page that was lost for want of an article is not sure.
WITH others AS (
    SELECT article_id,
           list(name ORDER BY name) FILTER (WHERE NOT later) AS firsts,
           list(name ORDER BY name) FILTER (WHERE later) AS laters,
           max(shared) AS shared
    FROM teaching_places
    JOIN left_out USING (site_id, name, later)
    GROUP BY article_id
),
many AS (
    SELECT site_id, name, article_id
    FROM teaching_places
    ANTI JOIN left_out USING (site_id, name, later)
    WHERE later AND inside >= $same
)
SELECT c.article_id, c.name, coalesce(o.firsts, []), coalesce(o.laters, [])
FROM teaching_places c
JOIN learnt l ON l.site_id = c.site_id AND l.name = c.name
LEFT JOIN teaching_pages p ON p.article_id = c.article_id
LEFT JOIN others o ON o.article_id = c.article_id
LEFT JOIN many m ON m.article_id = c.article_id AND m.name = c.name
WHERE NOT c.later
QUALIFY row_number() OVER (PARTITION BY c.article_id ORDER BY l.rank) = 1
    AND (o.shared >= $some
         OR (c.held < $same AND m.name IS NULL AND (c.inside < $same OR c.opens)
             AND (l.fit = 'inner' OR c.confidence < $sure OR c.held < $apart OR coalesce(p.novel, 1) < $novel)))
ORDER BY c.article_id
