-- question: what stands in a snapshot?
-- columns: table_name, column_name, type, nullable, comment (of the table where column_name is NULL)
SELECT * EXCLUDE place FROM (
    SELECT table_name, NULL AS column_name, 'table' AS type, NULL AS nullable, comment, 0 AS place
    FROM duckdb_tables() WHERE NOT internal AND schema_name = 'main'
    UNION ALL
    SELECT view_name, NULL, 'view', NULL, comment, 0
    FROM duckdb_views() WHERE NOT internal AND schema_name = 'main'
    UNION ALL
    SELECT table_name, column_name, data_type, is_nullable, comment, column_index
    FROM duckdb_columns() WHERE NOT internal AND schema_name = 'main'
    ORDER BY table_name, place
);
