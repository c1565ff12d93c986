"""Texts as pairs of characters, so that a phrase of pairs is exactly a piece of text.

Word indexes undercount Chinese (35天上门催收 becomes 35, 天上, 门, 催收); pairs find what a scan finds.
"""

from __future__ import annotations

from pipeline.repair.punctuation import ASCII_OF, normal_width
from pipeline.script import simplify

# The index splits at white space, so white space of a text goes as characters of a plane that no text uses.
WHITE = "\t\n\x0b\x0c\r\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000 " + "".join(
    map(chr, range(0x2000, 0x200B))
)
HIDE_WHITE = str.maketrans({char: chr(0xF0000 + ord(char)) for char in WHITE})


def pairs(text: str) -> list[str]:
    """
    >>> pairs("上门催收")
    ['上门', '门催', '催收']
    """
    hidden = text.translate(HIDE_WHITE)
    return [hidden[at : at + 2] for at in range(len(hidden) - 1)]


def characters(*texts: str) -> list[str]:
    """Each character once: what finds a query of one character."""
    return sorted({char for text in texts for char in text.translate(HIDE_WHITE)})


def phrases(query: str) -> tuple[str, ...]:
    """As it was typed, with its letters and digits in normal width, and simplified.

    >>> phrases("催收問題１２３")
    ('催收問題１２３', '催收問題123', '催收问题123')
    """
    folded = query.translate(ASCII_OF)
    return tuple(dict.fromkeys((query, folded, simplify(folded, "hant"))))


def with_our_marks(said: tuple[str, ...]) -> tuple[str, ...]:
    """With the punctuation that stands in our texts, for a query that was typed with ASCII marks.

    >>> with_our_marks(("逾期,催收",))
    ('逾期，催收',)
    """
    return tuple(dict.fromkeys(map(normal_width, said)))
