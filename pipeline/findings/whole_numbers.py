"""Weights as the tables hold them, a text of whole numbers for each name: a million read at once."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from pipeline.findings.definitions import Place

MOST_PARTS = 100_000
_MAY_HOLD = b"0123456789- \n"


def number_rows(place: Place, said: Mapping[str, object], numbers: int) -> npt.NDArray[np.int64]:
    """Names x numbers, in the order of the names; DefinitionError where a text is not so many numbers.

    >>> number_rows(Place("a.toml", "weights"), {"还": "1 -20", "款": "0 3"}, 2).tolist()
    [[1, -20], [0, 3]]
    """
    texts = [text for text in said.values() if isinstance(text, str)]
    rows = _rows(texts, numbers) if len(texts) == len(said) else None
    if rows is None:
        wrong = next(name for name, text in said.items() if not _is_row(text, numbers))
        raise place.error(f"weights of `{wrong}` must be {numbers} whole numbers in one text")
    return rows


def _rows(texts: Sequence[str], numbers: int) -> npt.NDArray[np.int64] | None:
    """None where one of them is wrong: a number too many or too few anywhere leaves a place or lacks one."""
    joined = "\n".join(texts)
    if joined.encode().translate(None, _MAY_HOLD) or any(text.count(" ") != numbers - 1 for text in texts):
        return None
    held = _read(joined)
    whole = held.size == len(texts) * numbers and np.abs(held).max(initial=0) < MOST_PARTS
    return held.reshape(len(texts), numbers) if whole else None


def _read(said: str) -> npt.NDArray[np.int64]:
    """Nothing where it does not go on to the end, which numpy only warns of: `1 2-`."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return np.fromstring(said, np.int64, sep=" ")
        except (DeprecationWarning, ValueError):
            return np.empty(0, np.int64)


def _is_row(text: object, numbers: int) -> bool:
    return isinstance(text, str) and _rows([text], numbers) is not None
