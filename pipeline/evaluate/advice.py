"""Pages whose advice is marked sentence by sentence: what is advice, and which it is first of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.evaluate.figures import Figure, share
from pipeline.evaluate.marked import MarkedPage, read_marked

PART = "advice"
LATER = "advice-later"  # a second lot, in words of another hand
ON_PAGES = "advice-on-pages"  # a third, of ordinary pages that mostly do not advise
NONE = "-"
UNLISTED = "?"  # advice without a canonical id
EITHER = "~"  # may go with what it stands by
OR = "/"  # between ids, or an id and the mark of none, of which any will do


@dataclass(frozen=True, slots=True)
class Line:
    """A heading (with its level) or a sentence (with its tip's id or ids, or one of the marks above).

    One that `follows` stands in the same line as the one before it.
    """

    text: str
    tip: str | None = None
    level: int | None = None
    follows: bool = False


AdvicePage = MarkedPage[Line]


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence, what it is, and the ids that were found there, the first first; None: no advice found."""

    line: Line
    found: tuple[str, ...] | None

    @property
    def first(self) -> str:
        return NONE if self.found is None else (self.found or (UNLISTED,))[0]

    @property
    def is_right(self) -> bool:
        return self.first in str(self.line.tip).split(OR)


def read_advice(path: Path) -> list[AdvicePage]:
    return read_marked(path, _line)


def _line(said: Mapping[str, Any]) -> Line:
    if "heading" in said:
        return Line(said["heading"], level=said["level"])
    return Line(said["text"], said["tip"], follows=said.get("follows", False))


def advice_figures(told: Iterable[Told], part: str = PART) -> list[Figure]:
    """Segmentation is judged by sentences; the first id by those that have one and were found."""
    held = [one for one in told if one.line.tip not in {None, EITHER}]
    found = [one for one in held if one.found is not None]
    advice = [one for one in held if one.line.tip != NONE]
    right = [one for one in found if one.line.tip != NONE]
    listed = [one for one in right if one.line.tip != UNLISTED]
    return [
        share(part, "segmentation-precision", len(right), len(found)),
        share(part, "segmentation-recall", len(right), len(advice)),
        share(part, "first-id-right", sum(one.is_right for one in listed), len(listed)),
    ]
