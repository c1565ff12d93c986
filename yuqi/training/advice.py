"""Fits the model that tells advice to those who owe: pure, and the same for the same sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from sklearn.linear_model import LogisticRegression

from pipeline.evaluate.advice import EITHER, NONE, AdvicePage, Line
from pipeline.evaluate.labelled import Labelled
from yuqi.training.grams import Weighed, vectors, weighed

# Of 10, 30 and 100: the more, the more first ids are right in registers left out (docs/experiments.md).
INVERSE_STRENGTH = 100.0
LEAST_SENTENCES = 7  # of a gram: what fewer have is theirs alone
MAX_ITERATIONS = 1_000
IN_A_LINE = 3  # sentences
UNADVISED = "unadvised-"  # before the register's name
ADVISES = "advice"  # the state of a practice that is spoken of to advise
_SENTENCE = re.compile(r"(?<=[。！？\n])")


def last_sentence(text: str) -> str:
    *_, last = filter(str.strip, _SENTENCE.split(text.strip()))
    return last.strip()


def sentences_of(pages: Iterable[AdvicePage]) -> list[tuple[str, str]]:
    """Sentences with their tip, or the mark of none or of one without an id."""
    lines = (line for page in pages for line in page.lines)
    return [(line.text, str(line.tip)) for line in lines if line.tip not in {None, EITHER}]


def unadvised(sentences: Iterable[Labelled]) -> Iterator[AdvicePage]:
    """Of each register a page of its last sentences, each once, whose practices nobody is told of to advise.

    Three stand in a line, as on the marked pages.
    """
    states, said_in = dict[str, set[str]](), dict[str, Labelled]()
    for said in sentences:
        last = last_sentence(said.text)
        states.setdefault(last, set()).add(said.state)
        said_in.setdefault(last, said)
    plain = [(said, text) for text, said in said_in.items() if ADVISES not in states[text]]
    for register, held in groupby(sorted(plain, key=_register), _register):
        told = list(held)
        lines = (Line(text, NONE, follows=at % IN_A_LINE > 0) for at, (_, text) in enumerate(told))
        yield AdvicePage(UNADVISED + register, told[0][0].title, tuple(lines))


def _register(one: tuple[Labelled, str]) -> str:
    return one[0].register


def fit_advice(sentences: Sequence[tuple[str, str]]) -> Weighed:
    words = vectors(LEAST_SENTENCES)
    held = words.fit_transform([text for text, _ in sentences])
    model = LogisticRegression(C=INVERSE_STRENGTH, max_iter=MAX_ITERATIONS)
    model.fit(held, [tip for _, tip in sentences])
    return weighed(words, tuple(model.classes_), model.coef_, model.intercept_)
