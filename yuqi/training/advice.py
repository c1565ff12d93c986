"""Fits the model that tells advice to those who owe: pure, and the same for the same sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from pipeline.evaluate.advice import EITHER, NONE, AdvicePage
from pipeline.evaluate.labelled import Labelled
from pipeline.findings.grams import PARTS
from pipeline.findings.pairs import shortened

# Of 10, 30 and 100: alike on pages that another hand wrote (docs/measurements.md).
INVERSE_STRENGTH = 30.0
LEAST_SENTENCES = 5  # of a gram: what fewer have is theirs alone
MAX_ITERATIONS = 1_000
ADVISES = "advice"  # the state of a practice that is spoken of to advise
_SENTENCE = re.compile(r"(?<=[。！？\n])")


@dataclass(frozen=True, slots=True)
class Weighed:
    """Of each gram its rarity, then what it adds for each class, times that: tenths, as grams.PARTS says."""

    classes: tuple[str, ...]
    bias: list[int]
    rows: dict[str, list[int]]


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
        *_, last = filter(str.strip, _SENTENCE.split(said.text.strip()))
        states.setdefault(last.strip(), set()).add(said.state)
    return ((text, NONE) for text, said in states.items() if ADVISES not in said)


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
