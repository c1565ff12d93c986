"""What a store says about itself."""

from __future__ import annotations

import duckdb


def facts(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """snapshot, yuqi, topic, the version of every stage."""
    return dict(connection.execute("SELECT key, value FROM meta").fetchall())
