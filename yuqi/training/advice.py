"""Fits the model that tells advice to those who owe: pure, and the same for the same sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from pipeline.evaluate.advice import EITHER, NONE, AdvicePage, Line
from pipeline.evaluate.labelled import Labelled
from pipeline.findings.grams import PARTS, GramModel, code
from pipeline.findings.pairs import shortened

# Of 10, 30 and 100: the more, the more first ids are right in registers left out (docs/measurements.md).
INVERSE_STRENGTH = 100.0
LEAST_SENTENCES = 7  # of a gram: what fewer have is theirs alone
MAX_ITERATIONS = 1_000
IN_A_LINE = 3  # sentences
UNADVISED = "unadvised-"  # before the register's name
ADVISES = "advice"  # the state of a practice that is spoken of to advise
_SENTENCE = re.compile(r"(?<=[。！？\n])")


@dataclass(frozen=True, slots=True)
class Weighed:
    """Of each gram its rarity, then what it adds for each class, times that: tenths, as grams.PARTS says."""

    classes: tuple[str, ...]
    bias: list[int]
    rows: dict[str, list[int]]

    def model(self) -> GramModel:
        """As the finding stage has it once it is stored."""
        held = sorted((code(gram), row) for gram, row in self.rows.items())
        numbers = np.array([row for _, row in held], np.int64)
        codes = np.array([at for at, _ in held], np.uint64)
        return GramModel(self.classes, codes, numbers[:, 0], numbers[:, 1:], np.array(self.bias, np.int64))


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
        *_, last = filter(str.strip, _SENTENCE.split(said.text.strip()))
        states.setdefault(last.strip(), set()).add(said.state)
        said_in.setdefault(last.strip(), said)
    plain = [(said, text) for text, said in said_in.items() if ADVISES not in states[text]]
    for register, held in groupby(
        sorted(plain, key=lambda one: one[0].register), lambda one: one[0].register
    ):
        told = list(held)
        lines = (Line(text, NONE, follows=at % IN_A_LINE > 0) for at, (_, text) in enumerate(told))
        yield AdvicePage(UNADVISED + register, told[0][0].title, tuple(lines))


def _register(one: tuple[Labelled, str]) -> str:
    return one[0].register


def fit_advice(sentences: Sequence[tuple[str, str]]) -> Weighed:
    words = TfidfVectorizer(analyzer=grams_of, binary=True, min_df=LEAST_SENTENCES)
    held = words.fit_transform([text for text, _ in sentences])
    model = LogisticRegression(C=INVERSE_STRENGTH, max_iter=MAX_ITERATIONS)
    model.fit(held, [tip for _, tip in sentences])
    rarity, weights = words.idf_, model.coef_.T * words.idf_[:, None]
    rows = np.column_stack([_parts(rarity), _parts(weights)]).tolist()
    names = words.get_feature_names_out().tolist()
    return Weighed(
        tuple(model.classes_), _parts(model.intercept_).tolist(), dict(zip(names, rows, strict=True))
    )


def grams_of(text: str) -> list[str]:
    """Its characters, and each two that touch: as pipeline.findings.grams has them, in letters.

    >>> grams_of("还 300 元")
    ['还', '0', '元', '还0', '0元']
    """
    plain = shortened(text)
    return [*plain, *map("".join, pairwise(plain))]


def _parts(numbers: Any) -> Any:
    return np.round(np.asarray(numbers) * PARTS).astype(np.int64)
