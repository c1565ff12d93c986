-- question: which normal forms may be alike?
-- reads: copy_bands; gives: lower, upper (units)
-- Of a bucket of n units not n²/2 pairs but 2n: each with the bucket's first and with the one before it.
WITH placed AS (
    SELECT unit,
           min(unit) OVER bucket AS centre,
           lag(unit) OVER (PARTITION BY band, hash ORDER BY unit) AS before
    FROM copy_bands
    WINDOW bucket AS (PARTITION BY band, hash)
)
SELECT DISTINCT lower, upper
FROM (SELECT centre AS lower, unit AS upper FROM placed
      UNION ALL
      SELECT before AS lower, unit AS upper FROM placed WHERE before IS NOT NULL)
WHERE lower < upper
ORDER BY ALL
