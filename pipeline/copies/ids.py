"""Ids that stay: which story, template and operator goes on under which id. `state/ids.sqlite`.

A cluster keeps the id that most of its members had; a new one is named for its smallest member, so that a
build that was killed and repeated gives the same names. What is assigned is written down only when the
build is published.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from types import TracebackType
from typing import Literal, Self

from pipeline.tables.copies import IdChange

Kind = Literal["story", "template", "operator"]
PREFIX: dict[Kind, str] = {"story": "s-", "template": "t-", "operator": "op-"}
KINDS: dict[str, Kind] = {kind: kind for kind in PREFIX}  # one object for all that have it
HEX_DIGITS = 12
TABLES = """
CREATE TABLE IF NOT EXISTS members(
    kind TEXT NOT NULL, member TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, member)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS changes(
    kind TEXT NOT NULL, old_id TEXT NOT NULL, new_id TEXT NOT NULL, change TEXT NOT NULL,
    snapshot TEXT NOT NULL, PRIMARY KEY (kind, old_id, new_id, snapshot)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Cluster:
    """What needs an id. `members` carry it over; `namesakes` are article ids that may name it, in order."""

    kind: Kind
    members: tuple[str, ...]
    namesakes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assignments:
    """One id per cluster, in their order, and what became of ids that were there before."""

    clusters: tuple[Cluster, ...]
    ids: tuple[str, ...]
    changes: tuple[IdChange, ...]


def assign(held: Mapping[tuple[Kind, str], str], clusters: Sequence[Cluster], snapshot: str) -> Assignments:
    """Ids for clusters, given who held which id at the last published build: (kind, member) → id."""
    given: dict[int, str] = {}
    taken: set[str] = set()
    ballots = sorted(
        (-count, voted, cluster.namesakes, at)
        for at, cluster in enumerate(clusters)
        for voted, count in _votes(held, cluster).items()
    )
    for _, voted, _, at in ballots:
        if at not in given and voted not in taken:
            given[at] = voted
            taken.add(voted)
    for at in sorted(set(range(len(clusters))) - set(given), key=lambda at: clusters[at].namesakes):
        given[at] = _new_id(clusters[at], taken)
        taken.add(given[at])
    ids = tuple(given[at] for at in range(len(clusters)))
    return Assignments(tuple(clusters), ids, tuple(_changes(held, clusters, ids, snapshot)))


def _votes(held: Mapping[tuple[Kind, str], str], cluster: Cluster) -> Counter[str]:
    return Counter(held[cluster.kind, m] for m in cluster.members if (cluster.kind, m) in held)


class Journal:
    """The journal's file: read at the start of a build, written when it is published."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.executescript(TABLES)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def held(self) -> dict[tuple[Kind, str], str]:
        """Who held which id at the last published build."""
        found = self._connection.execute("SELECT kind, member, id FROM members")
        return {(KINDS[kind], member): intern(held) for kind, member, held in found}  # most are shared

    def changes(self) -> tuple[IdChange, ...]:
        """All changes of published builds, oldest snapshot first."""
        found = self._connection.execute(
            "SELECT kind, old_id, new_id, change, snapshot FROM changes ORDER BY snapshot, kind, old_id"
        )
        return tuple(IdChange(*row) for row in found)

    def commit(self, assigned: Assignments) -> None:
        """All or nothing. Members that are in no cluster any more are forgotten: taken down is taken down."""
        with self._connection:
            self._connection.execute("DELETE FROM members")
            self._connection.executemany(
                "INSERT INTO members VALUES (?, ?, ?)",
                (
                    (cluster.kind, member, given)
                    for cluster, given in zip(assigned.clusters, assigned.ids, strict=True)
                    for member in cluster.members
                ),
            )
            self._connection.executemany(
                "INSERT OR REPLACE INTO changes VALUES (?, ?, ?, ?, ?)",
                ((c.kind, c.old_id, c.new_id, c.change, c.snapshot) for c in assigned.changes),
            )


def _new_id(cluster: Cluster, taken: set[str]) -> str:
    """Named for the first namesake whose name is free; with numbers after it where none is."""
    names = [PREFIX[cluster.kind] + article.removeprefix("a-")[:HEX_DIGITS] for article in cluster.namesakes]
    free = next((name for name in names if name not in taken), None)
    number = 0
    while free is None:  # two articles whose ids begin alike, or a site without articles
        digits = f"{int(names[0].rsplit('-', 1)[1], 16) + (number := number + 1):0{HEX_DIGITS}x}"
        name = PREFIX[cluster.kind] + digits[-HEX_DIGITS:]
        free = name if name not in taken else None
    return free


def _changes(
    held: Mapping[tuple[Kind, str], str], clusters: Sequence[Cluster], ids: Sequence[str], snapshot: str
) -> Iterable[IdChange]:
    """An id that ended was merged into another, or split where several new ones hold its members; one that
    goes on but lost members to another was split."""
    gone_to: dict[tuple[Kind, str], set[str]] = defaultdict(set)
    for cluster, given in zip(clusters, ids, strict=True):
        for member in cluster.members:
            before = held.get((cluster.kind, member))
            if before is not None and before != given:
                gone_to[cluster.kind, before].add(given)
    living, known = (set(ids), set(held.values())) if gone_to else (set(), set())
    for (kind, old), news in sorted(gone_to.items()):
        for new in sorted(news):
            merged = old not in living and (new in known or len(news) == 1)
            yield IdChange(kind, old, new, "merged" if merged else "split", snapshot)
