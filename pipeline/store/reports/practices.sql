-- question: which collection practices do articles speak of, and how?
-- $platform $practice $assertion: NULL counts all
-- columns: practice_id, label_zh, label_en, group, assertion, own, pages, stories, templates, sites, operators
-- One row per assertion, since what happened, what may happen and what is forbidden are never added up.
-- `own` is said of allegations only: true, nobody else's sentence; false, the sentence of a template.
SELECT r.practice_id,
       coalesce(any_value(k.label_zh), r.practice_id) AS label_zh,
       coalesce(any_value(k.label_en), r.practice_id) AS label_en,
       any_value(k."group") AS "group",
       r.assertion,
       CASE WHEN r.assertion = 'alleged' THEN r.own END AS own,
       count(DISTINCT c.url) AS pages,
       count(DISTINCT c.story_id) AS stories,
       count(DISTINCT c.template_id) AS templates,
       count(DISTINCT c.site_id) AS sites,
       count(DISTINCT c.operator_id) AS operators
FROM chosen c
JOIN practices r ON r.article_id = c.article_id
LEFT JOIN practice_kinds k USING (practice_id)
WHERE c.platform_id IS NOT DISTINCT FROM $platform
  AND ($platform::VARCHAR IS NULL OR r.platform_id = $platform)
  AND ($practice::VARCHAR IS NULL OR r.practice_id = $practice)
  AND ($assertion::VARCHAR IS NULL OR r.assertion = $assertion)
GROUP BY r.practice_id, r.assertion, CASE WHEN r.assertion = 'alleged' THEN r.own END
ORDER BY stories DESC, r.practice_id, r.assertion, own DESC;
