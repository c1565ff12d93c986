-- question: to which cluster does each unit belong, where some are stitched together from two?
-- reads: copy_grouped(unit, cluster), copy_stitched(unit, first, second), copy_articles
-- gives: cluster, in the order of units
-- A stitched page that is alone in its cluster goes to a parent that has a page about the same subjects, so that
-- it is no story more; if none has, it stays alone.
WITH alone AS (
    SELECT p.unit, p.first, p.second
    FROM copy_stitched p JOIN copy_grouped g USING (unit)
    WHERE NOT EXISTS (FROM copy_grouped o WHERE o.cluster = g.cluster
                      AND o.unit NOT IN (SELECT unit FROM copy_stitched))
),
about AS (
    SELECT DISTINCT g.cluster, a.subjects
    FROM copy_articles a JOIN copy_grouped g USING (unit) WHERE len(a.subjects) > 0
),
homes AS (
    SELECT o.unit, bool_or(b.cluster = o.first) AS is_first, any_value(o.first) AS first,
           any_value(o.second) AS second
    FROM alone o JOIN copy_articles a USING (unit)
    JOIN about b ON b.cluster IN (o.first, o.second) AND b.subjects = a.subjects
    GROUP BY o.unit
)
SELECT CASE WHEN h.unit IS NULL THEN g.cluster WHEN h.is_first THEN h.first ELSE h.second END AS cluster
FROM copy_grouped g LEFT JOIN homes h USING (unit) ORDER BY g.unit
