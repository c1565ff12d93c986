-- question: which columns do the store's own tables and views have?
-- columns: table_name, column_name
SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND database_name = current_database();
