"""Sentences as characters and pairs of them, and what is learnt of these as it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from pipeline.findings.grams import PARTS, GramModel, code
from pipeline.findings.pairs import shortened


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


def vectors(least: int) -> TfidfVectorizer:
    """Of grams that so many sentences have at least: what fewer have is theirs alone."""
    return TfidfVectorizer(analyzer=grams_of, binary=True, min_df=least)


def weighed(words: TfidfVectorizer, classes: tuple[str, ...], weights: Any, bias: Any) -> Weighed:
    """`weights`: classes x grams, as a regression has them."""
    rarity = words.idf_
    rows = np.column_stack([_parts(rarity), _parts(weights.T * rarity[:, None])]).tolist()
    names = words.get_feature_names_out().tolist()
    return Weighed(classes, _parts(bias).tolist(), dict(zip(names, rows, strict=True)))


def grams_of(text: str) -> list[str]:
    """Its characters, and each two that touch: as pipeline.findings.grams has them, in letters.

    >>> grams_of("还 300 元")
    ['还', '0', '元', '还0', '0元']
    """
    plain = shortened(text)
    return [*plain, *map("".join, pairwise(plain))]


def _parts(numbers: Any) -> Any:
    return np.round(np.asarray(numbers) * PARTS).astype(np.int64)
