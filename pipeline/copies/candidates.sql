-- question: which normal forms may be alike?
-- reads: copy_bands(hash, unit); gives: lower, upper (units), the order of no matter
-- Of a bucket of n units not n²/2 pairs but 2n: each with the bucket's first and with its last.
WITH buckets AS (
    SELECT hash, min(unit) AS first, max(unit) AS last FROM copy_bands GROUP BY hash HAVING count(*) > 1
),
met AS (SELECT b.unit, first, last FROM copy_bands b JOIN buckets USING (hash))
SELECT DISTINCT lower, upper
FROM (SELECT first AS lower, unit AS upper FROM met UNION ALL SELECT unit AS lower, last AS upper FROM met)
WHERE lower < upper
