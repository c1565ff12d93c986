"""A small model over the characters of a sentence: single ones, and each two that touch.

Logistic regression over grams that are there or not, each weighed by its rarity; the squares of these weights
add up to one in every sentence, whatever its length. Trained by `python -m yuqi.training`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from pipeline.codes import Points, code_points
from pipeline.compiled import CODES, NUMBERS, POINTS, TABLE, compiled_for, inner
from pipeline.findings.definitions import Place, topic_table
from pipeline.findings.pairs import shortened
from pipeline.findings.whole_numbers import number_rows
from pipeline.topic import Topic

PARTS = 10  # rarities and weights are tenths; whole numbers add up alike in whatever order
_PLACES = np.uint64(32)  # bits that a character's code point takes; a pair is two of them

Shares = npt.NDArray[np.float64]
Codes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]

_SPREAD, _REST, _ONE = np.uint64(0x9E3779B97F4A7C15), np.uint64(32), np.uint64(1)
_BREAK = np.uint32(ord("\n"))


@inner
def _slot(codes: Codes, code: np.uint64) -> np.int64:
    """The place of a gram, or the free one where it would stand."""
    last = np.uint64(codes.size - 1)
    slot = (code * _SPREAD >> _REST) & last
    while codes[slot] != 0 and codes[slot] != code:
        slot = (slot + _ONE) & last
    return np.int64(slot)


@compiled_for(CODES)
def _laid(grams: Codes) -> tuple[Codes, Numbers]:
    """Grams, each near the place that it is mixed to, and their rows; three of four places stay free."""
    size = 4
    while size < 4 * grams.size:
        size *= 2
    codes, rows = np.zeros(size, np.uint64), np.zeros(size, np.int64)
    for row in range(grams.size):
        slot = _slot(codes, grams[row])
        codes[slot], rows[slot] = grams[row], row
    return codes, rows


@compiled_for(POINTS, CODES, NUMBERS, NUMBERS, TABLE)
def _added(
    points: Points, codes: Codes, rows: Numbers, rarity: Numbers, weights: Numbers
) -> tuple[Numbers, Numbers]:
    """Of each text, which a break ends, its grams' weights and the squares of their rarities, added up."""
    texts, text, before = (points == _BREAK).sum(), 0, np.uint64(0)
    sums, squares = np.zeros((texts, weights.shape[1]), np.int64), np.zeros(texts, np.int64)
    met = np.zeros(rarity.size, np.int64)  # one more than the text in which a gram was met last
    for point in points:
        if point == _BREAK:
            text, before = text + 1, np.uint64(0)
            continue
        single = np.uint64(point)
        for gram in (single, before << _PLACES | single):  # at a text's beginning the same
            slot = _slot(codes, gram)
            row = rows[slot]
            if codes[slot] != 0 and met[row] <= text:
                met[row] = text + 1
                squares[text] += rarity[row] ** 2
                for column in range(weights.shape[1]):
                    sums[text, column] += weights[row, column]
        before = single
    return sums, squares


def code(gram: str) -> int:
    """
    >>> code("还") == ord("还"), code("还款") > code("还")
    (True, True)
    """
    return int.from_bytes(gram.encode("utf-32-be")[:8], "big")


@dataclass(frozen=True, eq=False)
class GramModel:
    """`codes` of grams; of each of them its rarity and, times that, what it adds for each class."""

    classes: tuple[str, ...]
    codes: Codes
    rarity: Numbers
    weights: Numbers  # grams x classes
    bias: Numbers
    _table: tuple[Codes, Numbers, Numbers, Numbers] = field(init=False, repr=False)  # laid once

    def __post_init__(self) -> None:
        rarity, weights = map(np.ascontiguousarray, (self.rarity, self.weights))
        object.__setattr__(self, "_table", (*_laid(self.codes), rarity, weights))

    def __call__(self, texts: Sequence[str]) -> Shares:
        """The probability of each class, of which one holds: texts x classes, rows add up to one."""
        sums = self._sums(texts)
        raised = np.exp(sums - sums.max(axis=1, keepdims=True))
        shares: Shares = raised / raised.sum(axis=1, keepdims=True)
        return shares

    def each(self, texts: Sequence[str]) -> Shares:
        """The probability of each class by itself, where several may hold, or none."""
        return np.asarray(1 / (1 + np.exp(-self._sums(texts))))

    def _sums(self, texts: Sequence[str]) -> Shares:
        said = "".join(f"{shortened(text)}\n" for text in texts)
        added, squares = _added(code_points(said), *self._table)
        told = np.flatnonzero(squares)
        sums = np.zeros(added.shape)
        sums[told] = added[told] * PARTS / np.sqrt(squares[told])[:, None]
        return (sums + self.bias) / PARTS


def read_grams(topic: Topic, stem: str, known: Sequence[str]) -> GramModel | None:
    """The model in this table, None where the topic has none; `known`: all names that classes may have."""
    if stem not in topic.tables:
        return None
    place, table = topic_table(topic, stem)
    place.keys(table, ("classes", "weights"), ("trained", "context"))
    classes = place.strings(table, "classes")
    if strange := [name for name in classes if name not in known]:
        raise place.error(f"`classes`: nothing here is called {strange[0]}")
    weights = place.table(table, "weights")
    if "bias" not in weights:
        raise place.error("[weights] has no `bias`")
    bias = number_rows(place, {"bias": weights["bias"]}, len(classes))[0]
    told = {gram: said for gram, said in weights.items() if gram != "bias"}
    codes = np.array([_code(place, gram) for gram in told], np.uint64)
    numbers = number_rows(place, told, len(classes) + 1)
    return GramModel(classes, codes, numbers[:, 0], numbers[:, 1:], bias)


def _code(place: Place, gram: str) -> int:
    if not 1 <= len(gram) <= 2:
        raise place.error(f"[weights] `{gram}` is neither one character nor two")
    return code(gram)
