"""Texts that newer code read differently from the same page, as the kept snapshots show them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from crawler.takedowns import load_takedowns
from crawler.workspace import Workspace
from pipeline.store.evidence import Row, rows
from pipeline.store.look_up import changed_lines
from pipeline.store.meta import facts
from pipeline.store.reader import open_snapshot
from pipeline.store.takedown import snapshot_obeys


def technical_versions(workspace: Workspace, articles: Sequence[str]) -> list[Row]:
    """Per article and snapshot in which its text became another one, oldest first.

    An article id names one payload, so that a text that differs between two snapshots was read differently:
    by newer code, or by what its site's memory had learnt since. Snapshots that still hold what was taken
    down meanwhile are passed over.
    """
    takedowns = load_takedowns(workspace.takedowns)
    kept = [path for path in sorted(workspace.snapshots.glob("*Z.duckdb")) if snapshot_obeys(path, takedowns)]
    return [
        {"article_id": article_id, "snapshot": name, "yuqi": code, "before": before, "changes": changes}
        for (before, _, earlier), (name, code, later) in pairwise(_said(path, articles) for path in kept)
        for article_id, changes in _differences(earlier, later)
    ]


def _said(snapshot: Path, articles: Sequence[str]) -> tuple[str, str, dict[str, list[str]]]:
    """(name, version of the code, article → its lines)."""
    with open_snapshot(snapshot) as connection:
        told = facts(connection)
        found = rows(connection, "texts", articles=list(articles))
    lines = {row["article_id"]: [row["title"] or "", *row["text"].splitlines()] for row in found}
    return snapshot.stem, told.get("yuqi", ""), lines


def _differences(
    before: dict[str, list[str]], after: dict[str, list[str]]
) -> Iterator[tuple[str, list[str]]]:
    for article_id in before.keys() & after.keys():
        if before[article_id] != after[article_id]:
            yield article_id, changed_lines(before[article_id], after[article_id])
