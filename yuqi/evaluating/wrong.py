"""What was wrong, one row each, for whoever wants to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pipeline.evaluate.reading import Compared, Mark, sentence

Row = dict[str, Any]
Report = Callable[[Row], None]


def wrong_rows(part: str, page: str, text: str, kind: str, compared: Compared) -> Iterator[Row]:
    """Marks that are missing or extra, each with its sentence of the true text."""
    for fault, marks in (("missing", compared.missing), ("extra", compared.extra)):
        for mark in marks:
            said = {"what": list(mark.what), "surface": _cut(text, mark), "sentence": _sentence(text, mark)}
            yield {"part": part, "page": page, "measure": kind, "fault": fault, **said}


def fault(part: str, page: str, measure: str, found: object, true: object) -> Row:
    return {"part": part, "page": page, "measure": measure, "fault": "wrong", "found": found, "true": true}


def _cut(text: str, mark: Mark) -> str:
    return text[mark.start : mark.end] if mark.start >= 0 else ""


def _sentence(text: str, mark: Mark) -> str:
    if mark.start < 0:
        return ""
    start = sentence(text, mark)[0] + 1
    ends = [at for stop in "。？！\n" if (at := text.find(stop, max(mark.end - 1, start))) >= 0]
    return text[start : min(ends, default=len(text)) + 1].strip()
