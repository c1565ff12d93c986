-- question: which findings were struck by a person, and why?
-- columns: those of corrections; the newest first
SELECT * FROM corrections ORDER BY "at" DESC, finding_id;
