"""A page that somebody marked sentence by sentence: how its text and its lines follow from its sentences."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from crawler.definitions import DefinitionError


class Sentence(Protocol):
    """`level`: of a heading; a sentence that `follows` stands in the line of the one before it."""

    @property
    def text(self) -> str: ...
    @property
    def level(self) -> int | None: ...
    @property
    def follows(self) -> bool: ...


SentenceT = TypeVar("SentenceT", bound=Sentence)


@dataclass(frozen=True)  # with slots a generic alias could not be called
class MarkedPage(Generic[SentenceT]):
    register: str
    title: str
    lines: tuple[SentenceT, ...]

    @property
    def text(self) -> str:
        return "".join(("" if line.follows else "\n") + line.text for line in self.lines)[1:]

    def spans(self) -> Iterator[tuple[int, int, SentenceT]]:
        """Of each sentence where it begins and ends in the text, and itself."""
        end = -1
        for line in self.lines:
            start = end + (0 if line.follows else 1)
            end = start + len(line.text)
            yield start, end, line

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


def read_marked(
    path: Path, sentence: Callable[[Mapping[str, Any]], SentenceT]
) -> list[MarkedPage[SentenceT]]:
    """One page a line; raises DefinitionError where a line is none."""
    try:
        return [_page(json.loads(line), sentence) for line in path.read_text(encoding="utf-8").splitlines()]
    except (KeyError, TypeError, ValueError) as error:
        raise DefinitionError(f"{path}: not one marked page a line: {error}") from error


def _page(
    row: Mapping[str, Any], sentence: Callable[[Mapping[str, Any]], SentenceT]
) -> MarkedPage[SentenceT]:
    lines = row["lines"]
    if not isinstance(lines, list):
        raise TypeError("`lines` is no list")
    return MarkedPage(str(row["register"]), str(row["title"]), tuple(map(sentence, lines)))
