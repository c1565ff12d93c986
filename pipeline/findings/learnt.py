"""What the small model takes for advice to those who owe, where no rule has found any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.findings.addressee import Told
from pipeline.findings.grams import GramModel, read_grams
from pipeline.findings.taxonomy import TipCue
from pipeline.topic import Topic

TABLE = "advice"
NONE, UNLISTED = "-", "?"  # classes beside the tips: no advice, and advice without a canonical id
# From pages of another hand (docs/measurements.md); where a page advises, most of what sounds so is advice.
IN_PASSAGE, ELSEWHERE = 0.55, 0.7
TOLD_APART = 0.2  # of a sentence that advises, for its likeliest tip: else it goes to the review list


@dataclass(frozen=True, eq=False)
class Learnt:
    """The model, and how sure it has to be."""

    model: GramModel

    def __call__(self, told: Sequence[Told]) -> Iterator[str]:
        """Of each sentence the tip, or one of the marks above."""
        none = self.model.classes.index(NONE)
        shares = self.model([one.text for one in told])
        sure = np.array([IN_PASSAGE if one.passage else ELSEWHERE for one in told])
        advises = 1 - shares[:, none] >= sure
        shares[:, none] = 0
        likeliest, most = shares.argmax(axis=1), shares.max(axis=1) / shares.sum(axis=1)
        for surely, tip, share in zip(advises.tolist(), likeliest.tolist(), most.tolist(), strict=True):
            yield NONE if not surely else self.model.classes[tip] if share >= TOLD_APART else UNLISTED


def read_learnt(topic: Topic, tips: Sequence[TipCue]) -> Learnt | None:
    """None where the topic has no such model: then rules decide alone."""
    model = read_grams(topic, TABLE, (NONE, UNLISTED, *(tip.kind.tip_id for tip in tips)))
    return Learnt(model) if model else None
