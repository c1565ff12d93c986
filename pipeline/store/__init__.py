"""DuckDB: schema, loading, counts, snapshots, reading. The only place that writes the corpus."""
