"""Edit distance of two texts: how many characters must be put in, taken out or changed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MAX_CHARS = 20_000  # of the part in which two texts differ: a second; articles have two thousand


def edit_distance(found: str, gold: str) -> int:
    """Levenshtein. Of differing parts longer than MAX_CHARS the rest counts as wrong whole.

    >>> edit_distance("催收问也让人困扰", "催收问题也让人困扰")
    1
    """
    found, gold = _differing(found, gold)
    beyond = max(len(found), len(gold), MAX_CHARS) - MAX_CHARS
    return _levenshtein(found[:MAX_CHARS], gold[:MAX_CHARS]) + beyond


def _differing(a: str, b: str) -> tuple[str, str]:
    """Without the beginning and the end that both share; the distance is the same."""
    shortest = min(len(a), len(b))
    head = next((n for n in range(shortest) if a[n] != b[n]), shortest)
    a, b = a[head:], b[head:]
    shortest = min(len(a), len(b))
    tail = next((n for n in range(shortest) if a[-1 - n] != b[-1 - n]), shortest)
    return a[: len(a) - tail], b[: len(b) - tail]


def _levenshtein(a: str, b: str) -> int:
    """Row by row. Insertions within a row are a running minimum of cost minus column."""
    columns = np.arange(len(b) + 1)
    letters, row = _codes(b), columns
    for n, letter in enumerate(_codes(a), start=1):
        changed = row[:-1] + (letters != letter)
        best = np.concatenate(([n], np.minimum(changed, row[1:] + 1)))
        row = np.minimum.accumulate(best - columns) + columns
    return int(row[-1])


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
