-- question: which kinds of practice are there?
SELECT * FROM practice_kinds ORDER BY practice_id;
