-- question: what is known of one operator?
-- $id
-- columns: those of operators, the five counts
SELECT o.*, c.*, 1::BIGINT AS operators
FROM operators o, (
    SELECT count(*) AS pages, count(DISTINCT story) AS stories, count(DISTINCT template) AS templates,
           count(DISTINCT site) AS sites
    FROM counted WHERE held_operator_id = $id AND sourced AND platform_id IS NULL
) c
WHERE o.operator_id = $id;
