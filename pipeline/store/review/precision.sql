-- question: how often are the rules of this workspace right, as people judged a sample?
-- columns: stratum, judged_right, judged_wrong, unsure; the newest verdict of each finding that the rules still make
WITH newest AS (
    SELECT * FROM reviews QUALIFY row_number() OVER (PARTITION BY finding_id ORDER BY "at" DESC) = 1
)
SELECT stratum, count(*) FILTER (verdict = 'right') AS judged_right,
       count(*) FILTER (verdict = 'wrong') AS judged_wrong, count(*) FILTER (verdict = 'unsure') AS unsure
FROM newest WHERE drawn AND found
GROUP BY stratum ORDER BY stratum;
