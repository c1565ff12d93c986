"""Verdicts from a file into the workspace: read, checked as a whole, written, built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from crawler.definitions import DefinitionError
from pipeline.sheet import read_sheet
from pipeline.store.review import finding
from pipeline.verdicts import Verdict, Verdicts

# What people type in a spreadsheet's cell.
SAID = {
    "right": "right", "correct": "right", "yes": "right", "true": "right", "对": "right", "正确": "right",
    "wrong": "wrong", "incorrect": "wrong", "no": "wrong", "false": "wrong", "错": "wrong", "错误": "wrong",
    "unsure": "unsure", "unclear": "unsure", "不确定": "unsure",
}  # fmt: skip
SAYING = {"verdict", "reviewer", "reason", "drawn", "at"}  # the other fields say what it is about
ABOUT = tuple(field.name for field in fields(Verdict) if field.name not in SAYING)


@dataclass(frozen=True)
class Judged:
    """Verdicts as read; `unknown` are ids of findings that neither the snapshot nor the workspace knows."""

    verdicts: tuple[Verdict, ...]
    unknown: tuple[str, ...]


def judged(connection: duckdb.DuckDBPyConnection, path: Path, known: Verdicts, reviewer: str) -> Judged:
    """All rows with a verdict; one that cannot be read refuses the whole file and names the row."""
    now = datetime.now(UTC)
    before = known.newest()
    verdicts, unknown = [], []
    for number, row in enumerate(read_sheet(path).rows, 2):
        if not row["verdict"].strip():
            continue
        said = SAID.get(row["verdict"].strip().lower())
        if said is None:
            raise DefinitionError(f"{path}: row {number}: `{row['verdict']}` is not right, wrong or unsure")
        about = _about(connection, row["finding_id"].strip(), before)
        if about is None:
            unknown.append(row["finding_id"].strip())
            continue
        who = (row.get("reviewer") or "").strip() or reviewer
        reason = (row.get("reason") or "").strip() or None
        drawn = (row.get("drawn") or "").strip() == "sample"
        verdicts.append(Verdict(**about, verdict=said, reviewer=who, reason=reason, drawn=drawn, at=now))
    return Judged(tuple(verdicts), tuple(unknown))


def correction(
    connection: duckdb.DuckDBPyConnection, finding_id: str, known: Verdicts, said: tuple[str, str]
) -> Verdict:
    """`said`: reviewer and reason."""
    about = _about(connection, finding_id, known.newest())
    if about is None:
        raise DefinitionError(f"`{finding_id}` is no finding of this corpus; `yuqi show ID` names them")
    reviewer, reason = said
    return Verdict(
        **about, verdict="wrong", reviewer=reviewer, reason=reason, drawn=False, at=datetime.now(UTC)
    )


def _about(
    connection: duckdb.DuckDBPyConnection, finding_id: str, before: Mapping[str, Verdict]
) -> dict[str, Any] | None:
    """What the id stands for; a finding that was struck is known from the verdict that struck it."""
    row = finding(connection, finding_id)
    if row is not None:
        return {name: row[name] for name in ABOUT}
    earlier = before.get(finding_id)
    return {name: getattr(earlier, name) for name in ABOUT} if earlier else None
