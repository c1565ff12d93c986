"""How a character may be read, and how an annotation may write it."""

from __future__ import annotations

import unicodedata
from functools import cache

TONES = ("\u0304", "\u0301", "\u030c", "\u0300")  # macron, acute, caron, grave; ü keeps its diaeresis
VARIANTS = str.maketrans({"\u0261": "g", "\u0251": "a", "\u0103": "\u01ce"})  # ɡ, ɑ, ă for ǎ
MAX_LETTERS = 6  # zhuang; the longest syllable of standard Chinese
# One syllable: Latin letters, with or without a mark of tone, in one code point or two.
SYLLABLE = rf"(?:[a-z\u00e0-\u00fc\u0101-\u01dc\u0251\u0261][\u0300-\u030c]?){{1,{MAX_LETTERS}}}"


def is_reading(syllable: str, char: str) -> bool:
    """With its tone, or with none at all.

    >>> is_reading("nèi", "內"), is_reading("nei", "內"), is_reading("nà", "內"), is_reading("app", "台")
    (True, True, False, False)
    """
    said = unicodedata.normalize("NFC", syllable).translate(VARIANTS)
    return said in readings(char)


@cache
def readings(char: str) -> frozenset[str]:
    """Every dictionary reading of a character, with and without tone."""
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415  half a second; few sites annotate

    marked = PINYIN_DICT.get(ord(char), "").split(",") if len(char) == 1 else []
    return frozenset(filter(None, (*marked, *map(_toneless, marked))))


def _toneless(syllable: str) -> str:
    bare = unicodedata.normalize("NFD", syllable)
    return unicodedata.normalize("NFC", "".join(char for char in bare if char not in TONES))
