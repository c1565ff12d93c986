-- question: which stories have this platform as subject, and which article stands for each?
-- $id
-- columns: article_id, story_id, template_id, url, site_id, title, pages, sites, quoted
SELECT min_by(a.article_id, (NOT a.is_representative, a.article_id)) AS article_id,
       a.story_id,
       any_value(a.template_id) AS template_id,
       min_by(a.url, (NOT a.is_representative, a.article_id)) AS url,
       min_by(a.site_id, (NOT a.is_representative, a.article_id)) AS site_id,
       min_by(a.title, (NOT a.is_representative, a.article_id)) AS title,
       count(DISTINCT a.url) AS pages,
       count(DISTINCT a.site_id) FILTER (a.sourced) AS sites,
       true AS quoted
FROM articles a
SEMI JOIN (FROM counted WHERE platform_id = $id) USING (article_id)
WHERE a.is_current
GROUP BY a.story_id ORDER BY pages DESC, a.story_id;
