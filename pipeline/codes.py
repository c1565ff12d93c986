"""What each character of a text is, looked up for all at once: searches for them take ten times as long."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.uint32]
Table = NDArray[np.bool_]

ALL = 0x110000
KNOWN = 0x33000  # code points; behind them Unicode has no letter, digit or white space


def code_points(text: str) -> Points:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def text_of(points: Points) -> str:
    return points.tobytes().decode("utf-32-le", "surrogatepass")


@cache
def members(kind: str) -> Table:
    """Which characters a regular expression for one of them matches; what is not known is in none or in all.

    >>> members("[a-c]")[[97, 100]].tolist()
    [True, False]
    """
    table = np.zeros(KNOWN, np.bool_)
    for found in re.finditer(f"(?:{kind})+", text_of(np.arange(KNOWN, dtype=np.uint32)), re.DOTALL):
        table[found.start() : found.end()] = True
    return table


def is_in(points: Points, kind: str) -> Table:
    """Of each character whether it is of a kind."""
    return members(kind).take(points, mode="clip")


def only(text: str, kind: str) -> str:
    """The characters of a kind.

    >>> only("逾期，（30）天", r"\\w")
    '逾期30天'
    """
    points = code_points(text)
    return text_of(points[is_in(points, kind)])


def translation(characters: Mapping[int, str]) -> Points:
    """A table for `translated`; each character stands for one."""
    table = np.arange(ALL, dtype=np.uint32)
    table[list(characters)] = [ord(said) for said in characters.values()]
    return table


def translated(text: str, table: Points) -> str:
    """What `str.translate` gives, which asks a dictionary for each character.

    >>> translated("１３８ Ａ", translation({0xFF11: "1", 0xFF13: "3", 0xFF18: "8", 0xFF21: "a"}))
    '138 a'
    """
    return text_of(table.take(code_points(text), mode="clip"))


@dataclass(frozen=True, eq=False)
class Pairs:
    """Where two characters stand side by side that may begin something: a bit for each kind of it."""

    firsts: NDArray[np.uint8]
    seconds: NDArray[np.uint8]

    @classmethod
    def of(cls, kinds: Sequence[tuple[str, str | None]]) -> Pairs:
        """At most eight kinds, each as two classes of characters; None: whatever follows, or nothing.

        >>> Pairs.of([("[0-9]", None), ("[一二]", "[个元]")]).places("一二个3")
        [1, 3]
        """
        firsts, seconds = np.zeros(KNOWN, np.uint8), np.zeros(KNOWN, np.uint8)
        for bit, (first, second) in enumerate(kinds):
            firsts[members(first)] |= np.uint8(1 << bit)
            seconds[slice(None) if second is None else members(second)] |= np.uint8(1 << bit)
        return cls(firsts, seconds)

    def places(self, text: str) -> list[int]:
        """Where such pairs begin, in order."""
        points = code_points(f"{text}\0")
        held = self.firsts.take(points[:-1], mode="clip")
        held &= self.seconds.take(points[1:], mode="clip")
        return np.flatnonzero(held).tolist()
