-- question: which advice do articles give, and how many independent ones?
-- columns: tip_id, label_zh, label_en, promotional, pages, stories, templates, sites, operators
SELECT t.tip_id,
       coalesce(any_value(k.label_zh), t.tip_id) AS label_zh,
       coalesce(any_value(k.label_en), t.tip_id) AS label_en,
       coalesce(any_value(k.promotional), false) AS promotional,
       count(DISTINCT c.url) AS pages,
       count(DISTINCT c.story_id) AS stories,
       count(DISTINCT c.template_id) AS templates,
       count(DISTINCT c.site_id) AS sites,
       count(DISTINCT c.operator_id) AS operators
FROM chosen c
JOIN tip_sources t ON t.article_id = c.article_id
LEFT JOIN tips k USING (tip_id)
GROUP BY t.tip_id
ORDER BY stories DESC, t.tip_id;
