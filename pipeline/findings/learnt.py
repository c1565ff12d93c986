"""What the small model takes for advice to those who owe, where no rule has found any."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from pipeline.findings.addressee import Told
from pipeline.findings.grams import GramModel, read_grams
from pipeline.findings.taxonomy import TipCue
from pipeline.findings.together import together
from pipeline.topic import Topic

TABLE = "advice"
NONE, UNLISTED = "-", "?"  # classes beside the tips: no advice, and advice without a canonical id
# From pages of another hand (docs/measurements.md); where a page advises, most of what sounds so is advice.
IN_PASSAGE, ELSEWHERE = 0.55, 0.7
TINY = 1e-12  # where a sentence surely advises nobody nothing is left to divide
TOLD_APART = 0.2  # of a sentence that advises, for its likeliest tip: else it goes to the review list


class Read(NamedTuple):
    """How likely a sentence advises, its likeliest tip, and that one's share of all that advise."""

    advises: float
    tip: str
    share: float


@dataclass(frozen=True, eq=False)
class Learnt:
    """The model, and how sure it has to be."""

    model: GramModel

    def __call__(self, told: Sequence[Told]) -> Iterator[str]:
        """Of each sentence the tip, or one of the marks above."""
        for one, read in zip(told, self._read([one.text for one in told]), strict=True):
            if read.advises < (IN_PASSAGE if one.passage else ELSEWHERE):
                yield NONE
            else:
                yield read.tip if read.share >= TOLD_APART else UNLISTED

    @cached_property
    def _read(self) -> Callable[[Sequence[str]], list[Read]]:
        return together(self._read_anew)

    def _read_anew(self, texts: Sequence[str]) -> Iterator[Read]:
        none = self.model.classes.index(NONE)
        shares = self.model(texts)
        advises = 1 - shares[:, none]
        shares[:, none] = 0
        likeliest, most = shares.argmax(axis=1), shares.max(axis=1) / np.maximum(shares.sum(axis=1), TINY)
        for number, tip, share in zip(advises.tolist(), likeliest.tolist(), most.tolist(), strict=True):
            yield Read(number, self.model.classes[tip], share)


def read_learnt(topic: Topic, tips: Sequence[TipCue]) -> Learnt | None:
    """None where the topic has no such model: then rules decide alone."""
    model = read_grams(topic, TABLE, (NONE, UNLISTED, *(tip.kind.tip_id for tip in tips)))
    return Learnt(model) if model else None
