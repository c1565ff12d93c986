"""Exact phrases over title and text of invented articles: our index, another, and a scan that is right."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.desk import corpus, queries
from benchmarks.peers.asked import Asked
from benchmarks.peers.results import Part, result
from benchmarks.running import Found
from pipeline.store.reader import open_snapshot

MODULE = "benchmarks.peers.tools.search"
TOOLS = ("yuqi", "scan by DuckDB", "SQLite FTS5, trigrams")
SCAN = "scan by DuckDB"
ARTICLES = 10  # times as many as pages elsewhere


def compared(asked: Asked) -> Part:
    many = ARTICLES * asked.pages
    with tempfile.TemporaryDirectory() as folder:
        corpus(Path(folder) / "desk", many)
        snapshot = next((Path(folder) / "desk" / "snapshots").glob("2*.duckdb"))
        with open_snapshot(snapshot) as connection:
            given = {"snapshot": str(snapshot), "queries": queries(connection)}
        rounds = asked.in_turn({name: asked.ours(MODULE, name) for name in TOOLS}, given)
    right = rounds[SCAN][0]["found"] if not isinstance(rounds[SCAN], str) else []
    rows = tuple(result(name, held, _scored(held, right)) for name, held in rounds.items())
    return Part("search", f"Phrases in {many:,} articles", "phrase", len(given["queries"]), rows)


def _scored(rounds: list[Found] | str, right: list[int]) -> dict[str, float]:
    """Share of the queries whose number of pages is that of the scan."""
    if isinstance(rounds, str):
        return {}
    said = rounds[0]["found"]
    return {"right": sum(one == other for one, other in zip(said, right, strict=True)) / max(1, len(right))}
