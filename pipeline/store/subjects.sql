-- question: which platforms are the subject of a current article?
-- columns: platform_id
SELECT DISTINCT platform_id FROM counted WHERE platform_id IS NOT NULL ORDER BY platform_id;
