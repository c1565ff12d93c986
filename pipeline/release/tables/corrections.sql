-- question: which findings did a person strike?
SELECT * FROM corrections ORDER BY finding_id, "at";
