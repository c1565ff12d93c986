"""Pages whose advice is marked sentence by sentence: what is advice, and which it is first of all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.definitions import DefinitionError
from pipeline.evaluate.figures import Figure, share

PART = "advice"
LATER = "advice-later"  # a second lot, in words of another hand
NONE = "-"
UNLISTED = "?"  # advice without a canonical id
EITHER = "~"  # may go with what it stands by


@dataclass(frozen=True, slots=True)
class Line:
    """A heading (with its level) or a sentence (with its tip's id, or one of the marks above).

    One that `follows` stands in the same line as the one before it.
    """

    text: str
    tip: str | None = None
    level: int | None = None
    follows: bool = False


@dataclass(frozen=True, slots=True)
class AdvicePage:
    register: str
    title: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return "".join(("" if line.follows else "\n") + line.text for line in self.lines)[1:]

    def spans(self) -> list[tuple[int, int, Line]]:
        """Of each line its place in the text, and itself."""
        ends, end = list[tuple[int, int, Line]](), -1
        for line in self.lines:
            start = end + (0 if line.follows else 1)
            end = start + len(line.text)
            ends.append((start, end, line))
        return ends

    def paragraphs(self) -> list[tuple[int, str, int | None]]:
        """As the page has its lines: where each begins, its text, and its level where it is a heading."""
        held = list[tuple[int, str, int | None]]()
        for start, _, line in self.spans():
            if line.follows:
                begun, text, level = held.pop()
                held.append((begun, text + line.text, level))
            else:
                held.append((start, line.text, line.level))
        return held


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence, what it is, and the ids that were found there, the first first; None: no advice found."""

    line: Line
    found: tuple[str, ...] | None


def read_advice(path: Path) -> list[AdvicePage]:
    try:
        return [_page(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    except (KeyError, TypeError, ValueError) as error:
        raise DefinitionError(f"{path}: not one page of advice a line: {error}") from error


def _page(row: dict[str, object]) -> AdvicePage:
    lines = row["lines"]
    if not isinstance(lines, list):
        raise TypeError("`lines` must be a list")
    held = (
        Line(said["heading"], level=said["level"])
        if "heading" in said
        else Line(said["text"], said["tip"], follows=said.get("follows", False))
        for said in lines
    )
    return AdvicePage(str(row["register"]), str(row["title"]), tuple(held))


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
        share(part, "first-id-right", sum(_is_first(one) for one in listed), len(listed)),
    ]


def _is_first(told: Told) -> bool:
    found: Sequence[str] = told.found or ()
    return found[:1] == (told.line.tip,)
