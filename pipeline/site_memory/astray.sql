-- question: which pages were read elsewhere than in the element on which their site's pages agree?
-- parameters: $same, $apart: agreement, in ten-thousandths, that counts as the same text, as another text;
--             $sure: confidence; $novel: share of the text that stands on no other page
-- reads: teaching_pages, teaching_places, learnt (site_id, name, rank); gives: article_id, name
-- A page that is sure of itself may know better where its text ends: it is left alone if it has that text, with
-- something more or less, and most of it stands on no other page. A page that was lost for want of an article is
-- not sure.
SELECT c.article_id, c.name
FROM teaching_places c
JOIN learnt l ON l.site_id = c.site_id AND l.name = c.name
LEFT JOIN teaching_pages p ON p.article_id = c.article_id
WHERE c.confidence < $sure OR c.agreement < $apart OR coalesce(p.novel, 1) < $novel
QUALIFY row_number() OVER (PARTITION BY c.article_id ORDER BY l.rank) = 1 AND c.agreement < $same
ORDER BY c.article_id
