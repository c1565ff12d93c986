"""Two stores compared as an outsider would: every table, less what may differ between two runs."""

from pathlib import Path

import duckdb

# What a repetition may change: runs, fetches, and columns of time, run and place in the archive.
OTHER_TABLES = {"runs", "fetches", "meta", "standing_answers"}
OTHER_COLUMNS = {
    "run_id",
    "fetched_at",
    "first_seen_at",
    "last_seen_at",
    "last_changed_at",
    "next_visit_at",
    "first_seen",
    "last_seen",
    "keyed_hash",
    "snapshot",
}


def tables(store: Path) -> dict[str, list[tuple]]:
    """Rows of every table that a repetition must give again, sorted."""
    with duckdb.connect(str(store), read_only=True) as connection:
        names = connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()
        return {name: _rows(connection, name) for (name,) in names if name not in OTHER_TABLES}


def ask(store: Path, question: str) -> list[tuple]:
    with duckdb.connect(str(store), read_only=True) as connection:
        return connection.execute(question).fetchall()


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple]:
    columns = [row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()]
    kept = ", ".join(f'"{column}"' for column in columns if column not in OTHER_COLUMNS)
    return sorted(connection.execute(f"SELECT {kept} FROM {table}").fetchall(), key=repr)
