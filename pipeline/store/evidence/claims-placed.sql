-- question: how telling is what each chosen article says, where nothing but the articles is chosen?
-- reads: chosen
-- makes: view claims: columns of `chosen`, and claim: as counted.sql put it in order with the snapshot; an article
--        that says nothing of the platform asked for still names it (4)
CREATE OR REPLACE TEMP VIEW claims AS
SELECT *, coalesce(place, CASE WHEN platform_id IS NOT NULL THEN 4 END) AS claim
FROM chosen WHERE once AND story IS NOT NULL AND claim IS NOT NULL;
