"""Pages of which every sentence is marked with the practices that it tells, and how each is asserted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, get_args

from pipeline.evaluate.figures import Figure, share, shares
from pipeline.evaluate.labelled import COUNTED
from pipeline.evaluate.marked import MarkedPage, read_marked
from pipeline.evaluate.tally import Tally
from pipeline.records import Assertion

PART = "practices-on-pages"
ALL = frozenset(get_args(Assertion))
EITHER = "/"  # between ids of which any will do, the first being meant most; so between states


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence. `practices`: ids → state, either perhaps several; of one that is `unsure` others would
    say other practices.
    """

    text: str
    practices: Mapping[str, str] = field(default_factory=dict)
    follows: bool = False
    unsure: bool = False
    level: int | None = None

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

    @property
    def states(self) -> Mapping[str, frozenset[str]]:
        """Of each practice that is meant the states that will do."""
        held = self.practices.items()
        return {ids.split(EITHER)[0]: frozenset(state.split(EITHER)) for ids, state in held}


PracticePage = MarkedPage[Told]


def read_practised(path: Path) -> list[PracticePage]:
    """Raises DefinitionError where a line is no such page."""
    return read_marked(path, lambda said: Told(**said))


@dataclass(frozen=True, slots=True)
class Read:
    """One sentence and what was found in it: practices with the state of the first place of each."""

    line: Told
    found: Mapping[str, str]


def practised_figures(read: Iterable[Read], part: str = PART) -> list[Figure]:
    """By practice what is found in a sentence that does not tell it is wrong; by sentence any one will do.

    Unsure sentences are left out, and so is what only may be said of a sentence.
    """
    held = [one for one in read if not one.line.unsure]
    figures = shares(part, "practices", _tally(_asserted(one, ALL).by_practice for one in held))
    for name, states in (("alleged", frozenset(COUNTED[:1])), ("alleged-or-claimed", frozenset(COUNTED))):
        asserted = [_asserted(one, states) for one in held]
        figures += shares(part, name, _tally(one.by_practice for one in asserted))
        figures += shares(part, f"{name}-by-sentence", _tally(one.by_sentence for one in asserted))
    marked = [(one.line.states, one.found) for one in held]
    both = [(states[name], said[name]) for states, said in marked for name in states.keys() & said.keys()]
    return [
        *figures,
        share(part, "seven-states-right", sum(said in states for states, said in both), len(both)),
    ]


class _Asserted(NamedTuple):
    """Practices of a sentence in some states: marked so, found so, and those that may be marked so."""

    true: Set[str]
    found: Set[str]
    neutral: Set[str]

    @property
    def by_practice(self) -> Tally:
        found = self.found - self.neutral
        return Tally(len(found & self.true), len(found), len(self.true))

    @property
    def by_sentence(self) -> Tally:
        found = bool(self.found) and not (self.neutral and not self.true)
        return Tally(found and bool(self.true), found, bool(self.true))


def _asserted(one: Read, states: Set[str]) -> _Asserted:
    marked = one.line.states
    true = {name for name, held in marked.items() if held <= states}
    either = {name for name, held in marked.items() if held & states} - true
    found = {name for name, state in one.found.items() if state in states}
    return _Asserted(true, found, either | (one.line.allowed - one.line.meant))


def _tally(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())
