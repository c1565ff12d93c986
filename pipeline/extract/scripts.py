"""How many characters of a text are Han, and how many of scripts that stand beside Han in other languages."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.codes import Points, code_points
from pipeline.compiled import POINTS, ZERO, bare, compiled_for

# First and last code point of each block, in order.
HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
KANA_OR_HANGUL = ((0x3040, 0x30FF), (0xAC00, 0xD7AF))


class Scripts(NamedTuple):
    """Characters."""

    han: int
    kana_or_hangul: int


def scripts(text: str) -> Scripts:
    """A fraction of the time that a pattern takes, which reads each character by itself.

    >>> scripts("お支払いが遅れた 逾期")
    Scripts(han=5, kana_or_hangul=5)
    """
    return _counted(code_points(text))


@bare
def _stands_in(code: int, blocks: tuple[tuple[int, int], ...]) -> bool:
    for first, last in blocks:  # noqa: SIM110  machine code
        if first <= code <= last:
            return True
    return False


@compiled_for(POINTS)
def _counted(codes: Points) -> Scripts:
    han = other = ZERO
    for code in codes:
        han += _stands_in(code, HAN)
        other += _stands_in(code, KANA_OR_HANGUL)
    return Scripts(han, other)
