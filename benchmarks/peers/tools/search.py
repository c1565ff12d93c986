"""How many pages hold a phrase, and twenty of them, of a published snapshot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.peers.tools.child import Work, main

SHOWN = 20
SCAN = (
    "SELECT url, count(*) OVER () FROM articles WHERE is_current"
    " AND list_bool_or([contains(title, p) OR contains(text, p) for p in $phrases]) LIMIT $shown"
)
FTS = "SELECT rowid FROM held WHERE held MATCH ?"


def yuqi(given: Any) -> Work:
    from pipeline.search.find import Window, search
    from pipeline.store.reader import open_snapshot

    snapshot = Path(given["snapshot"])
    connection = open_snapshot(snapshot).__enter__()
    search(connection, snapshot, "逾期", window=Window(SHOWN))
    return lambda: [
        search(connection, snapshot, query, window=Window(SHOWN)).counts.pages for query in given["queries"]
    ]


def scan(given: Any) -> Work:
    """Every text is read for every query, in the same forms of the phrase that our search asks for."""
    from pipeline.search.find import phrases
    from pipeline.store.reader import open_snapshot

    connection = open_snapshot(Path(given["snapshot"])).__enter__()

    def pages(query: str) -> int:
        asked = {"phrases": list(phrases(query)), "shown": SHOWN}
        found = connection.execute(SCAN, asked).fetchall()
        return int(found[0][1]) if found else 0

    pages("逾期")
    return lambda: [pages(query) for query in given["queries"]]


def sqlite(given: Any) -> Work:
    """An index of three characters each, as SQLite has it; it cannot know a phrase of two."""
    import sqlite3

    from pipeline.store.reader import open_snapshot

    with open_snapshot(Path(given["snapshot"])) as connection:
        rows = connection.execute("SELECT title, text FROM articles WHERE is_current").fetchall()
    held = sqlite3.connect(":memory:")
    held.execute("CREATE VIRTUAL TABLE held USING fts5(title, text, tokenize = 'trigram case_sensitive 1')")
    held.executemany("INSERT INTO held VALUES (?, ?)", rows)

    def pages(query: str) -> int:
        phrase = query.replace('"', '""')
        return len(held.execute(FTS, (f'"{phrase}"',)).fetchall())

    return lambda: [pages(query) for query in given["queries"]]


TOOLS = {"yuqi": yuqi, "scan by DuckDB": scan, "SQLite FTS5, trigrams": sqlite}

if __name__ == "__main__":
    main(TOOLS)
