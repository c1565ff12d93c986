-- question: which sites belong together?
SELECT * FROM operators ORDER BY operator_id;
