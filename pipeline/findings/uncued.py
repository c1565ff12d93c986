"""Practices as the small model of characters reads them: those that no cue names, and cues that it doubts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import numpy as np

from crawler.definitions import DefinitionError
from pipeline.findings.grams import GramModel, Shares, read_grams
from pipeline.findings.taxonomy import PracticeCue
from pipeline.findings.together import together
from pipeline.topic import Topic

TABLE = "practices"
ANY = "*"  # the class of all sentences that tell a practice, whichever
# Of what is multiplied for a practice in a sentence: there it alleges what nobody said no more often than
# cues do, on pages that neither knew (docs/experiments.md).
ENOUGH = 0.11
# Of a practice in its sentence: what a cue names and the model finds less likely than this is something else
# in four of five allegations, on pages that neither knew (docs/experiments.md).
DOUBTED = 0.06
WHOLE = 20  # characters: in a shorter sentence there is less to be sure by
LONG = 30  # characters: what a longer one holds beside its cue makes the practice less likely
_CLAUSE = re.compile(r"[^，,：:。；;！!？?\s][^，,：:。；;！!？?]{3,}")


class Sensed(NamedTuple):
    """A practice that a sentence tells in words of its own, and the clause that tells it most."""

    practice_id: str
    clause: re.Match[str]


class Felt(NamedTuple):
    """What the model makes of a sentence: practices that it is sure of, and all that it does not rule out."""

    sure: tuple[Sensed, ...]
    likely: frozenset[str]


@dataclass(frozen=True, eq=False)
class Uncued:
    """Of each sentence what the model finds, whatever cues do.

    How sure it is: the sentence's probability of the practice and of any, times the root of its likeliest
    clause's, less where the sentence is short. A long one holds much beside the clause; a clause alone may be
    about anything.
    """

    model: GramModel
    enough: float = ENOUGH
    doubted: float = DOUBTED

    def __call__(self, texts: Sequence[str]) -> list[Felt]:
        return self._felt(texts)

    def doubts(self, practice_id: str, felt: Felt) -> bool:
        """Whether a cue of this practice stands for something else there; nothing is known of others than its
        classes.
        """
        return practice_id in self.model.classes and practice_id not in felt.likely

    @cached_property
    def _felt(self) -> Callable[[Sequence[str]], list[Felt]]:
        return together(self._anew)

    def _anew(self, texts: Sequence[str]) -> Iterator[Felt]:
        each = self.model.each(texts)
        least = self.doubted * np.minimum(1, LONG / _lengths(texts))
        sensed = self._sensed(texts, self._told(texts, each))
        for sure, likely in zip(sensed, each >= least[:, None], strict=True):
            names = (self.model.classes[number] for number in np.flatnonzero(likely).tolist())
            yield Felt(sure, frozenset(names))

    def _sensed(self, texts: Sequence[str], shares: Shares) -> Iterator[tuple[Sensed, ...]]:
        """No clause is looked at where the sentence alone is not enough."""
        likely = np.flatnonzero(shares.max(axis=1) >= self.enough).tolist()
        clauses = [list[re.Match[str]]() for _ in texts]
        for number in likely:
            clauses[number].extend(_CLAUSE.finditer(texts[number]))
        said = [clause.group() for clause in chain.from_iterable(clauses)]
        of_clauses = self.model.each(said) if said else shares[:0]
        at = 0
        for share, held in zip(shares, clauses, strict=True):
            yield tuple(self._sure(share, held, of_clauses[at : at + len(held)])) if held else ()
            at += len(held)

    def _told(self, texts: Sequence[str], shares: Shares) -> Shares:
        any_at = self.model.classes.index(ANY)
        whole = np.minimum(1, _lengths(texts) / WHOLE)
        told: Shares = shares * (shares[:, any_at] * whole)[:, None]
        told[:, any_at] = 0
        return told

    def _sure(self, share: Shares, clauses: Sequence[re.Match[str]], shares: Shares) -> Iterator[Sensed]:
        best = shares.argmax(axis=0)
        for number in np.flatnonzero(share * np.sqrt(shares.max(axis=0)) >= self.enough).tolist():
            yield Sensed(self.model.classes[number], clauses[best[number]])


def _lengths(texts: Sequence[str]) -> Shares:
    return np.array([max(1, len(text)) for text in texts], np.float64)


def read_uncued(topic: Topic, practices: Sequence[PracticeCue]) -> Uncued | None:
    """None where the topic has no such model: then cues alone find practices."""
    model = read_grams(topic, TABLE, [ANY, *(practice.kind.practice_id for practice in practices)])
    if model is not None and ANY not in model.classes:
        raise DefinitionError(f"{topic.file(TABLE)}: `classes` lacks `{ANY}`, which is any practice")
    return Uncued(model) if model else None
