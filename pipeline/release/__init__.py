"""A dataset that can be cited: the published snapshot as Parquet, CSV and JSON lines, with its cards."""
