-- question: on which sites are there enough teaching pages on which no learnt element stands?
-- parameters: $least: pages; reads: teaching_pages, teaching_places, learnt (site_id, name); gives: site_id
-- Elsewhere no further element can be agreed on.
WITH settled AS (
    SELECT DISTINCT article_id FROM teaching_places JOIN learnt USING (site_id, name) WHERE NOT later
)
SELECT site_id FROM teaching_pages ANTI JOIN settled USING (article_id) WHERE teaches
GROUP BY site_id HAVING count(*) >= $least
