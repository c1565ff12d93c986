"""Sentences labelled by hand: what practice, asserted how, of whom. `datasets/<topic>/labelled/README.md`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from crawler.definitions import DefinitionError
from pipeline.evaluate.figures import Figure, share
from pipeline.evaluate.tally import Tally

PART = "assertions"
LATER = "assertions-later"  # a second lot, of registers that the first has none of
COUNTED = ("alleged", "claimed-practice")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence, alone on a page with this title and, perhaps, under this heading."""

    register: str
    title: str
    text: str
    practice: str
    state: str
    attribution: str
    heading: str | None = None

    @property
    def page(self) -> str:
        return f"一、{self.heading}\n{self.text}" if self.heading else self.text


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found of a labelled sentence; None: its practice was not."""

    labelled: Labelled
    state: str | None
    attribution: str | None = None


def read_labelled(path: Path) -> list[Labelled]:
    lines = path.read_text(encoding="utf-8").splitlines()
    try:
        return [Labelled(**json.loads(line)) for line in lines]
    except (TypeError, ValueError) as error:
        raise DefinitionError(f"{path}: not one labelled sentence a line: {error}") from error


def assertion_figures(answers: Iterable[Answer], part: str = PART) -> list[Figure]:
    """Precision and recall over all sentences, those included whose practice was not found."""
    held = list(answers)
    found = [answer for answer in held if answer.state is not None]
    right = sum(answer.state == answer.labelled.state for answer in found)
    figures = [
        share(part, "practices-found", len(found), len(held)),
        share(part, "seven-states-right", right, len(found)),
    ]
    for name, states in (("alleged", COUNTED[:1]), ("alleged-or-claimed", COUNTED)):
        tally = _tally(held, states)
        figures += [
            share(part, f"{name}-precision", tally.right, tally.found),
            share(part, f"{name}-recall", tally.right, tally.true),
        ]
    said = [answer for answer in found if answer.labelled.attribution != "none" and answer.state in COUNTED]
    placed = sum(answer.attribution == answer.labelled.attribution for answer in said)
    return [*figures, share(part, "attribution-right", placed, len(said))]


def _tally(answers: Iterable[Answer], states: tuple[str, ...]) -> Tally:
    held = [(answer.labelled.state in states, answer.state in states) for answer in answers]
    return Tally(
        sum(true and found for true, found in held),
        sum(found for _, found in held),
        sum(true for true, _ in held),
    )
