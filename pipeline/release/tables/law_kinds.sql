-- question: which laws, rules and hotlines are known?
SELECT * FROM law_kinds ORDER BY law_id;
