-- question: what is known of one operator?
-- $id
-- columns: those of operators, the five counts
SELECT o.*, c.*, 1::BIGINT AS operators
FROM operators o, (
    SELECT count(DISTINCT a.url) AS pages, count(DISTINCT a.story_id) AS stories,
           count(DISTINCT coalesce(a.template_id, a.story_id)) AS templates,
           count(DISTINCT a.site_id) AS sites
    FROM articles a JOIN sites s USING (site_id)
    WHERE s.operator_id = $id AND a.is_current AND a.sourced
) c
WHERE o.operator_id = $id;
