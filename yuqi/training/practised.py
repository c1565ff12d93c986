"""Pages of which every sentence is marked with the practices that it tells, and how each is asserted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crawler.definitions import DefinitionError

EITHER = "/"  # between ids of which any will do, the first being meant most; so between states


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence. `practices`: ids → state, either perhaps several; one that `follows` stands in the
    line of the one before; of one that is `unsure` others would say other practices.
    """

    text: str
    practices: Mapping[str, str] = field(default_factory=dict)
    follows: bool = False
    unsure: bool = False

    def state_of(self, practice_id: str) -> str | None:
        """How it is asserted here; None where it is not told, or others would say it otherwise."""
        states = [state for ids, state in self.practices.items() if practice_id in ids.split(EITHER)]
        return None if self.unsure or len(states) != 1 or EITHER in states[0] else states[0]

    @property
    def meant(self) -> frozenset[str]:
        return frozenset(ids.split(EITHER)[0] for ids in self.practices)

    @property
    def allowed(self) -> frozenset[str]:
        return frozenset(one for ids in self.practices for one in ids.split(EITHER))


@dataclass(frozen=True, slots=True)
class PracticePage:
    register: str
    title: str
    lines: tuple[Told, ...]

    @property
    def text(self) -> str:
        return "".join(("" if line.follows else "\n") + line.text for line in self.lines)[1:]

    def places(self) -> Iterator[tuple[int, int, Told]]:
        """Of each sentence where it begins and ends in the text, and itself."""
        end = -1
        for line in self.lines:
            start = end + (0 if line.follows else 1)
            end = start + len(line.text)
            yield start, end, line


def read_practised(path: Path) -> list[PracticePage]:
    """Raises DefinitionError where a line is no such page."""
    try:
        return [_page(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    except (KeyError, TypeError, ValueError) as error:
        raise DefinitionError(f"{path}: not one marked page a line: {error}") from error


def _page(row: Mapping[str, object]) -> PracticePage:
    lines = row["lines"]
    if not isinstance(lines, list):
        raise ValueError("`lines` is no list")
    return PracticePage(str(row["register"]), str(row["title"]), tuple(Told(**line) for line in lines))
