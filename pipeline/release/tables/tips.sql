-- question: which canonical pieces of advice are there?
SELECT * FROM tips ORDER BY tip_id;
