"""Fits the model that finds practices without a cue: pure, and the same for the same sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.evaluate.labelled import Labelled
from pipeline.evaluate.practised import PracticePage
from pipeline.findings.uncued import ANY
from yuqi.training.advice import last_sentence
from yuqi.training.grams import Weighed, vectors, weighed

# Of 3, 5, 10 and 30: the first two are alike on pages that it is not trained on (docs/experiments.md).
INVERSE_STRENGTH = 5.0
# Of a gram: the table stays near 2 MB. Fewer find no more, ten .01 less in average precision.
LEAST_SENTENCES = 7
LEAST_EXAMPLES = 20  # of a practice
MAX_ITERATIONS = 500


class Marked(NamedTuple):
    """A sentence: the practices that it tells, and those that it may be said to tell as well."""

    text: str
    tells: frozenset[str]
    may_tell: frozenset[str] | None = frozenset()  # None: any


def of_pages(pages: Iterable[PracticePage]) -> Iterator[Marked]:
    """Whole pages, so that what tells no practice is there as well."""
    for page in pages:
        for line in page.lines:
            told = line.meant | {ANY} if line.meant else frozenset[str]()
            yield Marked(line.text, told, None if line.unsure else line.allowed)


def of_sentences(sentences: Iterable[Labelled]) -> Iterator[Marked]:
    """Each last sentence once, with all that is labelled in it; that all tell something teaches nothing."""
    told = dict[str, set[str]]()
    for said in sentences:
        told.setdefault(last_sentence(said.text), set()).add(said.practice)
    return (Marked(text, frozenset(practices), frozenset((ANY,))) for text, practices in told.items())


def fit_practices(sentences: Sequence[Marked]) -> Weighed:
    """One regression for each practice: of what may be meant by a sentence but need not it learns nothing."""
    words = vectors(LEAST_SENTENCES)
    held = words.fit_transform([one.text for one in sentences])
    each = sorted({practice for one in sentences for practice in one.tells})
    told = {practice: [practice in one.tells for one in sentences] for practice in each}
    classes = tuple(practice for practice in each if sum(told[practice]) >= LEAST_EXAMPLES)
    fitted = [_one(held, practice, told[practice], sentences) for practice in classes]
    weights, bias = (np.concatenate(parts) for parts in zip(*fitted, strict=True))
    return weighed(words, classes, weights, bias)


def _one(held: Any, practice: str, tells: Sequence[bool], sentences: Sequence[Marked]) -> tuple[Any, Any]:
    sure = [tell or not _may_tell(one, practice) for tell, one in zip(tells, sentences, strict=True)]
    rows = np.flatnonzero(sure)
    model = LogisticRegression(C=INVERSE_STRENGTH, solver="liblinear", max_iter=MAX_ITERATIONS)
    model.fit(held[rows], np.array(tells)[rows])
    return model.coef_, model.intercept_


def _may_tell(one: Marked, practice: str) -> bool:
    return one.may_tell is None or practice in one.may_tell
