"""Which snapshot a request reads, and for how long it stays open: a swap loses nobody's request."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition, Lock
from typing import Any, TypeVar

import duckdb

from crawler.takedowns import load_takedowns
from crawler.workspace import FailedError, Workspace
from pipeline.store.age import check_age
from pipeline.store.meta import facts
from pipeline.store.reader import open_snapshot
from pipeline.store.snapshot import latest_snapshot
from pipeline.store.takedown import ensure_applied, obeys

NAME = re.compile(r"\d{8}T\d{6}Z")
MAX_OPEN = 4  # snapshots at once: the newest, and older ones that citations name
MAX_REMEMBERED = 256  # answers of one snapshot; the oldest goes first
# Rows of all of them, some 2 kB each: who asks for every quote under a thousand filters fills no memory.
MAX_REMEMBERED_ROWS = 100_000
LETTERS_OF_A_ROW = 2_000  # of a page that is made
WAIT_SECONDS = 60.0  # for others to finish with a file that a takedown replaced

T = TypeVar("T")
Key = tuple[str, int, int]  # path, inode, time of the takedown list


class NoSnapshotError(LookupError):
    """The snapshot that a citation names is not kept any more."""


@dataclass(eq=False)
class Opened:
    """One snapshot, read by several requests at once, each with a cursor of its own."""

    key: Key
    root: duckdb.DuckDBPyConnection
    facts: dict[str, str]
    readers: int = 0
    answers: dict[Any, Any] = field(default_factory=dict)
    rows: int = 0  # of the answers
    lock: Lock = field(default_factory=Lock)

    @property
    def name(self) -> str:
        return self.facts.get("snapshot", "?")

    def remember(self, question: Any, answer: Callable[[], T]) -> T:
        """The same question gets the same answer, since a snapshot never changes."""
        with self.lock:
            if question in self.answers:
                found: T = self.answers[question]
                return found
        made = answer()
        if weight(made) <= MAX_REMEMBERED_ROWS:
            with self.lock:
                self._keep(question, made)
        return made

    def _keep(self, question: Any, made: Any) -> None:
        self._forget(question)  # where two asked at once
        self.rows += weight(made)
        self.answers[question] = made
        while len(self.answers) > MAX_REMEMBERED or self.rows > MAX_REMEMBERED_ROWS:
            self._forget(next(iter(self.answers)))

    def _forget(self, question: Any) -> None:
        if question in self.answers:
            self.rows -= weight(self.answers.pop(question))


def weight(made: Any) -> int:
    """How many rows an answer holds, roughly.

    >>> weight("page" * 1000), weight(([{"n": 1}, {"n": 2}], 2)), weight({"articles": [{}], "id": "a"})
    (3, 5, 4)
    """
    match made:
        case str():
            return 1 + len(made) // LETTERS_OF_A_ROW
        case list():
            return 1 + len(made)
        case tuple():
            return 1 + sum(map(weight, made))
        case dict():
            return 1 + sum(map(weight, made.values()))
        case _:
            return 1 + len(getattr(made, "rows", ()))


class Shelf:
    """Opens what is asked for, and closes what nobody reads any more."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._open: dict[str, Opened] = {}  # by path; the one used last stands last
        self._retired: list[Opened] = []
        self._changed = Condition()

    @contextmanager
    def reading(self, name: str | None = None) -> Iterator[tuple[Opened, duckdb.DuckDBPyConnection]]:
        """The snapshot `name`, or the newest, and a cursor on it; `NoSnapshotError` where it is gone."""
        with self._changed:
            opened = self._current(self._path(name))
            opened.readers += 1
            cursor = opened.root.cursor()
        try:
            yield opened, cursor
        finally:
            cursor.close()
            with self._changed:
                opened.readers -= 1
                self._close_unused()
                self._changed.notify_all()

    def close(self) -> None:
        with self._changed:
            self._retired += self._open.values()
            self._open.clear()
            self._close_unused()

    def _path(self, name: str | None) -> Path:
        if name is None:
            newest = latest_snapshot(self._workspace)
            if newest is None:
                raise FailedError(f"nothing is built yet in {self._workspace.root}: run `yuqi build` first")
            return newest
        path = self._workspace.snapshots / f"{name}.duckdb"
        if not NAME.fullmatch(name) or not path.is_file():
            raise NoSnapshotError(name)
        return path

    def _current(self, path: Path) -> Opened:
        """Called with the lock held, so that all who come during a swap wait for it.

        DuckDB opens a file once a process: one that was replaced under its name has to be closed first.
        """
        held = self._open.get(str(path))
        if held is not None and held.key != self._key(path):
            self._retired.append(self._open.pop(str(path)))
        self._close_unused()
        if not self._changed.wait_for(lambda: not self._is_retiring(path), WAIT_SECONDS):
            raise FailedError(f"{path.name} was replaced and is still read; try again")
        opened = self._open.pop(str(path), None) or self._opened(path)
        self._open[str(path)] = opened
        while len(self._open) > MAX_OPEN:
            self._retired.append(self._open.pop(next(iter(self._open))))
        self._close_unused()
        return opened

    def _is_retiring(self, path: Path) -> bool:
        return any(one.key[0] == str(path) for one in self._retired)

    def _opened(self, path: Path) -> Opened:
        """After everything on the takedown list was taken out of it."""
        takedowns = load_takedowns(self._workspace.takedowns)
        root = open_snapshot(path, spill=self._workspace.spill)
        if not obeys(root, takedowns):
            root.close()
            ensure_applied(self._workspace, path)
            root = open_snapshot(path, spill=self._workspace.spill)
        try:
            check_age(root, path.stem)
        except FailedError:
            root.close()
            raise
        return Opened(self._key(path), root, facts(root))

    def _key(self, path: Path) -> Key:
        listed = self._workspace.takedowns
        return str(path), path.stat().st_ino, listed.stat().st_mtime_ns if listed.exists() else 0

    def _close_unused(self) -> None:
        for opened in [one for one in self._retired if one.readers == 0]:
            opened.root.close()
            self._retired.remove(opened)
