-- question: how are the chosen articles counted at five levels, for each practice, advice, law, site, template and operator?
-- $kinds: list of practice | tip | law | site | template | operator; $practice $assertion: of practices, NULL counts all
-- reads: chosen
-- makes: numbered: kind, finding (its id), assertion, own (as in counted_kinds), then the columns of levels_of (levels.sql)
--        but its id. It is counted at once for all reports of a page: to plan a count takes longer than to count a platform's rows
-- Of a platform count the practices that are attributed to it, and whatever advice and law its articles hold.
-- Unsourced pages count in no operator.
CREATE OR REPLACE TEMP TABLE numbered AS
WITH kinds AS (
    SELECT number, kind, finding, assertion, own FROM counted_kinds
    WHERE kind IN (FROM unnest($kinds::VARCHAR[]))
      AND (kind <> 'practice' OR (($practice::VARCHAR IS NULL OR finding = $practice)
                                  AND ($assertion::VARCHAR IS NULL OR assertion = $assertion)))
),
held AS (
    SELECT entry, site_number, template_number, operator_number, per, story, template, site, operator, alleged_own, alleged_templated, claimed, exclusive, state, published_at,
           ambiguous, first_seen_at, last_seen_at
    FROM chosen WHERE once
),
keyed AS (
    SELECT t.number AS id, per, story, template, site, operator, alleged_own, alleged_templated, claimed, exclusive, state, published_at,
           ambiguous, first_seen_at, last_seen_at
    FROM held JOIN counted_findings t USING (entry)
    WHERE t.number IN (SELECT number FROM kinds) AND list_has_any($kinds::VARCHAR[], ['practice', 'tip', 'law'])
    UNION ALL BY NAME
    SELECT site_number AS id, * EXCLUDE (entry, site_number, template_number, operator_number)
    FROM held WHERE list_contains($kinds::VARCHAR[], 'site')
    UNION ALL BY NAME
    SELECT template_number AS id, * EXCLUDE (entry, site_number, template_number, operator_number)
    FROM held WHERE list_contains($kinds::VARCHAR[], 'template') AND template_number IS NOT NULL
    UNION ALL BY NAME
    SELECT operator_number AS id, * EXCLUDE (entry, site_number, template_number, operator_number)
    FROM held WHERE list_contains($kinds::VARCHAR[], 'operator') AND operator_number IS NOT NULL
)
SELECT k.kind, k.finding, k.assertion, k.own, l.* EXCLUDE (id) FROM levels_of('keyed') l JOIN kinds k ON k.number = l.id;
