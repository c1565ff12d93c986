"""What people say of findings: `state/reviews.jsonl` and `state/corrections.jsonl`, one line a verdict.

A line holds ids and a person's words, no words of the page: those are found again by the id's digest.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.definitions import DefinitionError
from crawler.workspace import Workspace

VERDICTS = ("right", "wrong", "unsure")


@dataclass(frozen=True)
class Verdict:
    """`finding_id` names article, kind, what was found and the digest of the quote; see `finding_id.py`."""

    finding_id: str
    article_id: str
    url: str
    site_id: str
    kind: str  # practice, mention, law or tip
    finding: str  # id of what was found
    platform_id: str | None
    assertion: str | None
    rule: str | None
    verdict: str
    reviewer: str
    reason: str | None
    drawn: bool  # in a sample: only such verdicts say how often the rules are right
    at: datetime


@dataclass(frozen=True)
class Verdicts:
    """In the order in which they were given."""

    reviews: tuple[Verdict, ...] = ()
    corrections: tuple[Verdict, ...] = ()

    def newest(self) -> dict[str, Verdict]:
        """By finding; who speaks last is right."""
        everything = sorted([*self.reviews, *self.corrections], key=lambda verdict: verdict.at)
        return {verdict.finding_id: verdict for verdict in everything}

    def without(self, is_taken: Callable[[str, str], bool]) -> Verdicts:
        """Less those on pages that were taken down."""
        return replace(
            self,
            reviews=tuple(one for one in self.reviews if not is_taken(one.url, one.site_id)),
            corrections=tuple(one for one in self.corrections if not is_taken(one.url, one.site_id)),
        )


NOBODY = Verdicts()


def load_verdicts(workspace: Workspace) -> Verdicts:
    """Absent files mean that nobody said anything; a broken line is an error that names it."""
    return Verdicts(_read(workspace.reviews), _read(workspace.corrections))


def add_verdicts(path: Path, verdicts: Iterable[Verdict]) -> int:
    """Those that say something new, in one write; how many. What a person said last of it is no news."""
    last = {(one.finding_id, one.reviewer): _said(one) for one in _read(path)}
    fresh = [one for one in verdicts if last.get((one.finding_id, one.reviewer)) != _said(one)]
    text = "".join(json.dumps(_plain(one), ensure_ascii=False) + "\n" for one in fresh)
    with path.open("ab") as file:
        file.truncate(len(_whole(path)))
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    return len(fresh)


def _said(verdict: Verdict) -> tuple[str, ...]:
    return verdict.verdict, verdict.reason or ""


def _plain(verdict: Verdict) -> dict[str, Any]:
    return asdict(verdict) | {"at": verdict.at.astimezone(UTC).isoformat()}


def _read(path: Path) -> tuple[Verdict, ...]:
    if not path.exists():
        return ()
    lines = _whole(path).decode().split("\n")
    return tuple(_verdict(path, number, line) for number, line in enumerate(lines, 1) if line)


def _whole(path: Path) -> bytes:
    """Less a last line without its end: the writing was killed, and nothing of it was announced."""
    raw = path.read_bytes()
    return raw[: raw.rfind(b"\n") + 1]


def _verdict(path: Path, number: int, line: str) -> Verdict:
    try:
        said = json.loads(line)
        made = Verdict(**said | {"at": datetime.fromisoformat(said["at"])})
    except (ValueError, TypeError, KeyError) as error:
        raise DefinitionError(f"{path}: line {number} is no verdict: {error}") from error
    if made.verdict not in VERDICTS:
        raise DefinitionError(
            f"{path}: line {number}: verdict `{made.verdict}`; there are {', '.join(VERDICTS)}"
        )
    return made
