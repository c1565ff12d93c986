"""Fits the model that tells advice to those who owe: pure, and the same for the same sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sklearn.linear_model import LogisticRegression

from pipeline.evaluate.advice import EITHER, NONE, AdvicePage
from pipeline.evaluate.labelled import Labelled
from yuqi.training.grams import Weighed, vectors, weighed

# Of 10, 30 and 100: alike on pages that another hand wrote (docs/measurements.md).
INVERSE_STRENGTH = 30.0
LEAST_SENTENCES = 5  # of a gram
MAX_ITERATIONS = 1_000
ADVISES = "advice"  # the state of a practice that is spoken of to advise
_SENTENCE = re.compile(r"(?<=[。！？\n])")


def last_sentence(text: str) -> str:
    *_, last = filter(str.strip, _SENTENCE.split(text.strip()))
    return last.strip()


def marked(pages: Iterable[AdvicePage]) -> Iterator[tuple[str, str]]:
    """Sentences with their tip, or the mark of none or of one without an id."""
    for page in pages:
        for line in page.lines:
            if line.tip not in {None, EITHER}:
                yield line.text, str(line.tip)


def unadvised(sentences: Iterable[Labelled]) -> Iterator[tuple[str, str]]:
    """Each last sentence once, where none of its practices is spoken of to advise."""
    states = dict[str, set[str]]()
    for said in sentences:
        states.setdefault(last_sentence(said.text), set()).add(said.state)
    return ((text, NONE) for text, said in states.items() if ADVISES not in said)


def fit_advice(sentences: Sequence[tuple[str, str]]) -> Weighed:
    words = vectors(LEAST_SENTENCES)
    held = words.fit_transform([text for text, _ in sentences])
    model = LogisticRegression(C=INVERSE_STRENGTH, max_iter=MAX_ITERATIONS)
    model.fit(held, [tip for _, tip in sentences])
    return weighed(words, tuple(model.classes_), model.coef_, model.intercept_)
