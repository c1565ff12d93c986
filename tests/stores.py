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
        return {name: _rows(connection, name) for name in _names(connection)}


def digests(store: Path) -> dict[str, tuple[int, int]]:
    """Rows of each of these tables, and a sum over them: equal where the tables are, however long."""
    with duckdb.connect(str(store), read_only=True) as connection:
        return {name: _digest(connection, name) for name in _names(connection)}


def ask(store: Path, question: str) -> list[tuple]:
    with duckdb.connect(str(store), read_only=True) as connection:
        return connection.execute(question).fetchall()


def _names(connection: duckdb.DuckDBPyConnection) -> list[str]:
    names = connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()
    return [name for (name,) in names if name not in OTHER_TABLES]


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple]:
    return sorted(connection.execute(f"SELECT {_kept(connection, table)} FROM {table}").fetchall(), key=repr)


def _digest(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[int, int]:
    rows = f"SELECT {_kept(connection, table)} FROM {table}"
    [digest] = connection.execute(f"SELECT count(*), coalesce(sum(hash(r)), 0) FROM ({rows}) r").fetchall()
    return digest


def _kept(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    columns = [row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()]
    return ", ".join(f'"{column}"' for column in columns if column not in OTHER_COLUMNS)
