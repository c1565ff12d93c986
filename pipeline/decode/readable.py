"""How much a decoded text reads like Chinese: by characters, not by labels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Random bytes give > .2, the worst damaged real pages < .02.
MAX_BAD_SHARE = 0.08
SAMPLE_CHARS = 20_000  # a share of 1 % is known to a tenth of it; more only costs time
# Control characters, what could not be read, and private use: none of them is in a readable page.
BAD = (
    *range(0x09),
    *range(0x0E, 0x20),
    *range(0x7F, 0xA0),
    *range(0xE000, 0xF900),
    0xFFFD,
    0xFFFE,
    0xFFFF,
)


def _level_one(codec: str, leads: range, trails: range) -> str:
    pairs = bytes(byte for lead in leads for trail in trails for byte in (lead, trail))
    return pairs.decode(codec, "ignore")


# The characters that the two standards themselves put first as common: 3,755 of GB 2312, 5,401 of Big5.
COMMON_HAN = frozenset(
    _level_one("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))
    + _level_one("big5", range(0xA4, 0xC7), range(0x40, 0x7F))
    + _level_one("big5", range(0xA4, 0xC6), range(0xA1, 0xFF))
)
# Characters that any page of running Chinese is full of, in both scripts; level-one tables alone cannot
# tell GBK from Big5, whose bytes are mostly common characters in the other as well.
FREQUENT_HAN = frozenset(
    "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年"
    "过過发發后後作里裡用道行所然家事成方多经經去法学學如都同现現没沒动動面起看定天分还還进進好小部其些主样樣理心本前开開但因只"
    "从從想实實日者意无無力与與长長把机機民第公此已工使情明性知全三又关關点點正业業外将將两兩高间間由问問很最重并並物手应應"
    "，。、；：？！“”《》"
) | frozenset(map(chr, range(0x3041, 0x30FB)))  # kana: a Japanese page is to be read right, and dropped


@dataclass(frozen=True, slots=True)
class Readability:
    """Characters that are not ASCII, by what they tell; `chars`: all of the text."""

    chars: int
    foreign: int
    common: int
    frequent: int
    unread: int  # replacement characters, private use
    control: int  # ASCII that no text has

    @property
    def bad_share(self) -> float:
        return (self.unread + self.control) / max(self.chars, 1)

    @property
    def score(self) -> float:
        """Share of common Han among what is not ASCII, minus what could not be read; ASCII alone has 0."""
        if not self.foreign:
            return -self.bad_share
        return (self.common + self.frequent - self.unread) / self.foreign - self.bad_share

    @property
    def whole_score(self) -> float:
        """The same with ASCII as readable, for encodings that write all text, or no text, in such bytes."""
        said = self.chars - self.foreign - self.control + self.common + self.frequent
        return said / max(self.chars, 1) - self.bad_share


def readability(text: str) -> Readability:
    """Of a text, or of every n-th character of a long one; a table look-up over UTF-16 units."""
    text = text[:: len(text) // SAMPLE_CHARS * 2 + 1]  # odd, or of a wide text it would see one half
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    counts = np.bincount(CLASSES.take(units), minlength=len(KINDS)).tolist()
    _, common, frequent, mark, unread, control, other = counts
    foreign = common + frequent + mark + unread + other
    return Readability(len(units), foreign, common + frequent, frequent + mark, unread, control)


# Each unit is of one kind; FREQUENT is also common, MARK (punctuation, kana) is frequent alone.
KINDS = ASCII, COMMON, FREQUENT, MARK, UNREAD, CONTROL, OTHER = tuple(range(7))


def _classes() -> NDArray[np.uint8]:
    table = np.full(0x10000, OTHER, dtype=np.uint8)
    table[:0x80] = ASCII
    for kind, units in (
        (COMMON, map(ord, COMMON_HAN)),
        (FREQUENT, map(ord, FREQUENT_HAN & COMMON_HAN)),
        (MARK, map(ord, FREQUENT_HAN - COMMON_HAN)),
        (UNREAD, (unit for unit in BAD if unit > 0x7F)),
        (CONTROL, (unit for unit in BAD if unit <= 0x7F)),
    ):
        table[list(units)] = kind
    return table


CLASSES = _classes()
