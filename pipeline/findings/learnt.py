"""What the small model takes for advice to those who owe: a sentence's words, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.findings.definitions import topic_table
from pipeline.findings.grams import GramModel, read_grams
from pipeline.findings.taxonomy import TipCue
from pipeline.findings.together import together
from pipeline.topic import Topic

TABLE = "advice"
NONE, UNLISTED = "-", "?"  # classes beside the tips: no advice, and advice without a canonical id
# What a sentence's words and its place say; the last holds for all.
SIGNS = ("odds", "before", "behind", "cue", "opens", "first", "borrower", "bias")
CONTEXT = SIGNS[:6]  # what is known of each sentence; whom it is told is asked where that decides
PARTS = 100  # their weights are hundredths
LEAST = 0.0  # logarithmic odds of the whole: more likely advice than not
SURER = 2.0  # and so much where rules say that a sentence only tells something
TOLD_APART = 0.2  # of a sentence that advises, for its likeliest tip: else it goes to the review list
# What a cue adds to the logarithm of its tip's share, more to the tip that is named first.
NAMED, NAMED_FIRST = 3.0, 4.0
TINY = 1e-3  # nothing that the model reads is surer
MOST_BESIDE = 3.0  # odds that what stands beside a sentence adds by at most: a sentence speaks for itself
# In so many characters a text that may advise has a loan word, in a long one so many words at least: news
# that touch on a loan have one in a thousand or fewer, pages on debts one in four hundred or more.
A_WORD, MOST_WORDS = 600, 12

Shares = npt.NDArray[np.float64]


class Read(NamedTuple):
    """Logarithmic odds that a sentence advises, and of each class its share of what advises."""

    odds: float
    shares: Shares


@dataclass(frozen=True, slots=True)
class Stand:
    """A sentence in its page, as rules see it."""

    text: str
    cue: bool  # a rule finds advice in it
    opens: bool  # a line
    first: bool  # it stands in the first of several lines
    is_borrower: Callable[[], bool]  # whether it may be told to the one who owes


@dataclass(frozen=True, eq=False)
class Learnt:
    """The model, and what each of SIGNS adds to the odds."""

    model: GramModel
    weights: Mapping[str, float]

    def __call__(self, page: Sequence[Stand]) -> Iterator[Read]:
        """Of each sentence of a page, in order: below LEAST it advises nobody."""
        if not page:
            return
        reads, told = self._read([stand.text for stand in page]), self.weights["borrower"]
        known = np.array(list(contexts(page, reads))) @ [self.weights[sign] for sign in CONTEXT]
        for stand, read, odds in zip(page, reads, (known + self.weights["bias"]).tolist(), strict=True):
            decides = min(odds, odds + told) < SURER and max(odds, odds + told) >= LEAST
            yield Read(odds + told if decides and stand.is_borrower() else odds, read.shares)

    def tip(self, read: Read, cued: Sequence[str]) -> str:
        """What it gives first: what a cue names, in their order, or what the model is surer of than of that.

        UNLISTED where no cue stands and the model is not sure of one tip.
        """
        told = np.log(np.maximum(read.shares, TINY * TINY))
        for at, tip in enumerate(dict.fromkeys(cued)):
            if tip in self.model.classes:
                told[self.model.classes.index(tip)] += NAMED if at else NAMED_FIRST
        first = int(told.argmax())
        return self.model.classes[first] if cued or read.shares[first] >= TOLD_APART else UNLISTED

    @cached_property
    def _read(self) -> Callable[[Sequence[str]], list[Read]]:
        return together(self._read_anew)

    def _read_anew(self, texts: Sequence[str]) -> Iterator[Read]:
        return reads_of(self.model.classes, self.model(texts))


def reads_of(classes: Sequence[str], shares: Shares) -> Iterator[Read]:
    """`shares`: the probability of each class, texts x classes."""
    none = classes.index(NONE)
    silent = np.clip(shares[:, none], TINY, 1 - TINY)
    advising = shares.copy()
    advising[:, none] = 0
    advising /= np.maximum(advising.sum(axis=1, keepdims=True), TINY * TINY)
    yield from map(Read, np.log((1 - silent) / silent).tolist(), advising)


def contexts(page: Sequence[Stand], reads: Sequence[Read]) -> Iterator[tuple[float, ...]]:
    """Of each sentence what CONTEXT names; before a text and behind it nothing advises."""
    beside = [max(-MOST_BESIDE, min(MOST_BESIDE, read.odds)) for read in reads]
    around = zip([-MOST_BESIDE, *beside[:-1]], [*beside[1:], -MOST_BESIDE], strict=True)
    for stand, read, (before, behind) in zip(page, reads, around, strict=True):
        yield read.odds, before, behind, stand.cue, stand.opens, stand.first


def is_dense(loan_words: int, length: int) -> bool:
    """Whether a text of this length is about debts: what sounds like advice in others has another matter."""
    return loan_words >= min(length / A_WORD, MOST_WORDS)


def read_learnt(topic: Topic, tips: Sequence[TipCue]) -> Learnt | None:
    """None where the topic has no such model: then rules decide alone."""
    model = read_grams(topic, TABLE, (NONE, UNLISTED, *(tip.kind.tip_id for tip in tips)))
    return Learnt(model, _weights(topic)) if model else None


def _weights(topic: Topic) -> dict[str, float]:
    place, table = topic_table(topic, TABLE)
    held = place.table(table, "context")
    place.at("[context]").keys(held, SIGNS)
    if strange := [sign for sign in SIGNS if not isinstance(held[sign], int)]:
        raise place.error(f"[context] `{strange[0]}` must be a whole number")
    return {sign: held[sign] / PARTS for sign in SIGNS}
