-- question: which ids of earlier snapshots ended in which?
SELECT * FROM id_changes ORDER BY ALL;
