-- question: does this snapshot know how texts are joined at other thresholds?
-- columns: name; no row where it does not
SELECT table_name AS name FROM duckdb_tables() WHERE table_name = 'article_thresholds';
