-- question: which of the chosen articles speak of this practice, or assert one in this way?
-- reads: chosen (chosen.sql), variable asked (asked.sql)
-- makes: chosen again. A platform's row stays only where the practice is attributed to that platform; what is
--        alleged or claimed is then of the practices asked for only
DROP VIEW IF EXISTS placed;
ALTER VIEW chosen RENAME TO placed;
CREATE OR REPLACE TEMP TABLE spoken AS
SELECT entry,
       bool_or(attributed AND assertion = 'alleged' AND own) AS alleged_own,
       bool_or(attributed AND assertion = 'alleged' AND NOT own) AS alleged_templated,
       bool_or(attributed AND assertion = 'claimed-practice') AS claimed
FROM counted_findings JOIN counted_kinds USING (number)
WHERE kind = 'practice'
  AND (getvariable('asked').practice IS NULL OR finding = getvariable('asked').practice)
  AND (getvariable('asked').assertion IS NULL OR assertion = getvariable('asked').assertion)
  AND entry IN (SELECT entry FROM placed)
GROUP BY entry;
CREATE OR REPLACE TEMP VIEW chosen AS
SELECT p.* REPLACE (s.alleged_own AS alleged_own, s.claimed AS claimed, s.alleged_templated AS alleged_templated)
FROM placed p JOIN spoken s USING (entry);
