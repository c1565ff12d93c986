-- question: which crawls, imports and builds made this snapshot?
-- columns: those of runs; the newest first
SELECT * FROM runs ORDER BY started_at DESC, run_id;
