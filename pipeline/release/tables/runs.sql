-- question: which crawls, imports and builds made this corpus?
SELECT * FROM runs ORDER BY started_at, run_id;
