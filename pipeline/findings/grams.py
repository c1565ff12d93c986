"""A small model over the characters of a sentence: single ones, and each two that touch.

Logistic regression over grams that are there or not, each weighed by its rarity; the squares of these weights
add up to one in every sentence, whatever its length. Trained by `python -m yuqi.training`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.findings.definitions import Place, topic_table
from pipeline.findings.pairs import shortened
from pipeline.topic import Topic

PARTS = 10  # rarities and weights are tenths; whole numbers add up alike in whatever order
MOST_PARTS = 100_000
TOGETHER = 256  # sentences, of 300 characters at most: some 20 MB
_PLACES = 32  # bits that a character's code point takes; a pair is two of them

Shares = npt.NDArray[np.float64]
Codes = npt.NDArray[np.uint64]


def grams(texts: Sequence[str]) -> tuple[npt.NDArray[np.int64], Codes]:
    """Of each gram the text that holds it, by number, and its code: one or two code points."""
    joined = "\n".join(shortened(text) for text in texts)
    points = np.frombuffer(joined.encode("utf-32-le"), np.uint32).astype(np.uint64)
    ends = points == ord("\n")
    held = np.cumsum(ends)
    single, pair = ~ends, ~(ends[:-1] | ends[1:])
    pairs = (points[:-1] << np.uint64(_PLACES)) | points[1:]
    return np.concatenate([held[single], held[:-1][pair]]), np.concatenate([points[single], pairs[pair]])


def code(gram: str) -> int:
    """
    >>> code("还") == ord("还"), code("还款") > code("还")
    (True, True)
    """
    return int.from_bytes(gram.encode("utf-32-be")[:8], "big")


@dataclass(frozen=True, eq=False)
class GramModel:
    """`codes` in order; of each of them its rarity and, times that, what it adds for each class."""

    classes: tuple[str, ...]
    codes: Codes
    rarity: npt.NDArray[np.int64]
    weights: npt.NDArray[np.int64]  # grams x classes
    bias: npt.NDArray[np.int64]

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
        parts = [self._some(texts[at : at + TOGETHER]) for at in range(0, len(texts), TOGETHER)]
        return np.concatenate(parts) if parts else np.empty((0, len(self.classes)))

    def _some(self, texts: Sequence[str]) -> Shares:
        held, rows = self._known(*grams(texts))
        told, begins = np.unique(held, return_index=True)
        squares = np.bincount(held, self.rarity[rows].astype(np.float64) ** 2, len(texts))
        sums = np.zeros((len(texts), len(self.classes)))
        if len(told):
            added = np.add.reduceat(self.weights[rows], begins)
            sums[told] = added * PARTS / np.sqrt(squares[told])[:, None]
        return (sums + self.bias) / PARTS

    def _known(
        self, held: npt.NDArray[np.int64], codes: Codes
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Texts and rows of the grams that the model knows, each once a text, in order of the texts."""
        at = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
        known = self.codes[at] == codes
        each = np.unique(held[known] * len(self.codes) + at[known])
        return each // len(self.codes), each % len(self.codes)


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
    rows = sorted(_rows(place, weights, len(classes)))
    numbers = np.array([row for _, row in rows], np.int64).reshape(len(rows), len(classes) + 1)
    bias = np.array(_row(place, "bias", weights["bias"], len(classes)), np.int64)
    return GramModel(
        classes, np.array([at for at, _ in rows], np.uint64), numbers[:, 0], numbers[:, 1:], bias
    )


def _rows(place: Place, weights: Mapping[str, object], classes: int) -> Iterator[tuple[int, list[int]]]:
    for gram, said in weights.items():
        if gram == "bias":
            continue
        if not 1 <= len(gram) <= 2:
            raise place.error(f"[weights] `{gram}` is neither one character nor two")
        yield code(gram), _row(place, gram, said, classes + 1)


def _row(place: Place, gram: str, said: object, numbers: int) -> list[int]:
    try:
        row = [int(part) for part in said.split()] if isinstance(said, str) else []
    except ValueError:
        row = []
    if len(row) != numbers or not all(abs(part) < MOST_PARTS for part in row):
        raise place.error(f"weights of `{gram}` must be {numbers} whole numbers in one text")
    return row
