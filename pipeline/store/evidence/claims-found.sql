-- question: how telling is what each article says, of these findings alone?
-- $kind (practice | tip | law | mention), $finding, $platform, $practice, $assertion: NULL lets everything through
-- reads: chosen, counted_findings, counted_kinds, counted
-- makes: found_claims (article, claim), for claims.sql
CREATE OR REPLACE TEMP TABLE found_claims AS
WITH kinds AS (
    SELECT number,
           CASE WHEN kind = 'tip' THEN 5 WHEN kind = 'law' THEN 6 WHEN assertion = 'alleged' AND own THEN 0
                WHEN assertion = 'alleged' THEN 1 WHEN assertion = 'claimed-practice' THEN 2 ELSE 3 END AS place
    FROM counted_kinds
    WHERE kind = coalesce($kind, 'practice')
      AND ($finding::VARCHAR IS NULL OR finding = $finding)
      AND ($practice::VARCHAR IS NULL OR kind <> 'practice' OR finding = $practice)
      AND ($assertion::VARCHAR IS NULL OR assertion = $assertion)
),
said AS (
    SELECT c.article, k.place
    FROM chosen c JOIN counted_findings t USING (entry) JOIN kinds k USING (number) WHERE c.once
    UNION ALL
    SELECT article, 4 AS place
    FROM counted
    WHERE platform_id IS NOT NULL AND ($platform::VARCHAR IS NULL OR platform_id = $platform)
      AND ($kind = 'mention' OR ($kind::VARCHAR IS NULL AND $platform::VARCHAR IS NOT NULL))
      AND ($finding::VARCHAR IS NULL OR platform_id = $finding)
      AND $assertion::VARCHAR IS NULL
)
SELECT article, min(place) AS claim FROM said GROUP BY article;
