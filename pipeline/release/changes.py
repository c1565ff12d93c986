"""What a release has that the one before it had not, and the other way about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from crawler.takedowns import Takedowns
from pipeline.checksums import SUMS
from pipeline.duck import opened
from pipeline.questions import Questions
from pipeline.store.reader import RELEASE_MEMORY

QUESTIONS = Questions(Path(__file__).resolve().parent)


@dataclass(frozen=True)
class Changes:
    """Counts of URLs of current articles against an earlier release."""

    since: str  # its version
    added: int
    changed: int  # their text differs
    gone: int  # their pages answer no longer; they are still counted
    taken_down: int
    removed: int  # no article any more for another reason: a better reading, or a site that left the corpus


def earlier_release(folder: Path) -> Path | None:
    """The highest lower version beside `folder`; None for a first one, or a name that is no version."""
    own = _number(folder.name)
    if own is None or not folder.parent.is_dir():
        return None
    others = [
        (number, path)
        for path in folder.parent.iterdir()
        if (number := _number(path.name))
        and number < own
        and (path / SUMS).is_file()
        and (path / "parquet").is_dir()
    ]
    return max(others)[1] if others else None


def changes(before: Path, after: Path, takedowns: Takedowns) -> Changes:
    """Between two folders of releases; no URL that was taken down is named, only counted."""
    counts: Counter[str] = Counter()
    with opened(config={"memory_limit": RELEASE_MEMORY}) as connection:
        rows = QUESTIONS.rows(
            connection, "changes", before=str(before / "parquet"), after=str(after / "parquet")
        )
    for what, number, url, site_id in rows:
        counts[what if what != "removed" else _why(url, site_id, takedowns)] += number
    return Changes(
        before.name, *(counts[what] for what in ("added", "changed", "gone", "taken-down", "removed"))
    )


def _why(url: str, site_id: str, takedowns: Takedowns) -> str:
    return "taken-down" if takedowns.hit(url, site_id) else "removed"


def _number(name: str) -> tuple[int, ...] | None:
    parts = name.split(".")
    return tuple(map(int, parts)) if len(parts) == 3 and all(part.isdecimal() for part in parts) else None
