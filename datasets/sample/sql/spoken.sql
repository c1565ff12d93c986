-- question: which of the chosen articles speak of this practice, or assert one in this way?
-- reads: placed (chosen.sql), variable asked (asked.sql)
-- makes: chosen again. A platform's row stays only where the practice is attributed to that platform; what is
--        alleged or claimed is then of the practices asked for only
CREATE OR REPLACE TEMP TABLE spoken AS
SELECT article, platform_id,
       bool_or(attributed AND assertion = 'alleged' AND own) AS alleged_own,
       bool_or(attributed AND assertion = 'alleged' AND NOT own) AS alleged_templated,
       bool_or(attributed AND assertion = 'claimed-practice') AS claimed
FROM counted_findings JOIN counted_kinds USING (number)
WHERE kind = 'practice'
  AND (getvariable('asked').practice IS NULL OR finding = getvariable('asked').practice)
  AND (getvariable('asked').assertion IS NULL OR assertion = getvariable('asked').assertion)
  AND (getvariable('asked').platform IS NULL OR platform_id = getvariable('asked').platform)
GROUP BY ALL;
CREATE OR REPLACE TEMP VIEW chosen AS
SELECT p.* REPLACE (coalesce(s.alleged_own, false) AS alleged_own, coalesce(s.claimed, false) AS claimed,
                    coalesce(s.alleged_templated, false) AS alleged_templated)
FROM placed p JOIN spoken s ON s.article = p.article AND s.platform_id IS NOT DISTINCT FROM p.platform_id;
