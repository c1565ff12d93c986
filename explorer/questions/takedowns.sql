-- question: how many requests to take something down does this snapshot obey?
-- columns: takedowns
SELECT count(*) AS takedowns FROM takedowns;
