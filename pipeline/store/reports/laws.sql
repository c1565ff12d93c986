-- question: which laws, rules and hotlines do articles cite?
-- columns: law_id, label_zh, label_en, note, pages, stories, templates, sites, operators
SELECT l.law_id,
       coalesce(any_value(k.label_zh), l.law_id) AS label_zh,
       any_value(k.label_en) AS label_en,
       any_value(k.note) AS note,
       count(DISTINCT c.url) AS pages,
       count(DISTINCT c.story_id) AS stories,
       count(DISTINCT c.template_id) AS templates,
       count(DISTINCT c.site_id) AS sites,
       count(DISTINCT c.operator_id) AS operators
FROM chosen c
JOIN laws l ON l.article_id = c.article_id
LEFT JOIN law_kinds k USING (law_id)
GROUP BY l.law_id
ORDER BY stories DESC, l.law_id;
