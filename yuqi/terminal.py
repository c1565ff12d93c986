"""Untrusted text on a terminal: nothing in it may move the cursor, and Han characters are two cells wide."""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len, set_cell_size

CUT = "…"
BLANKS = str.maketrans({"\n": "⏎", "\t": " ", "\r": "", "\u2028": "⏎", "\u2029": "⏎"})
# Cc: escape sequences; Cf: bidi overrides and zero-width characters; Cs: cannot be written; Co: no meaning
HIDDEN = ("Cc", "Cf", "Cs", "Co")


def clean(text: str) -> str:
    r"""One line without control, format and surrogate characters.

    >>> clean("a\x1b[2Jb\u202ec\nd")
    'a[2Jbc⏎d'
    """
    return "".join(c for c in text.translate(BLANKS) if unicodedata.category(c) not in HIDDEN)


def clean_lines(text: str) -> str:
    """The same, with its lines kept."""
    return "\n".join(clean(line) for line in text.splitlines())


def cut(text: str, cells: int) -> str:
    """At most so many cells, with a sign where something is missing.

    >>> cut("某某消费金融", 7)
    '某某消…'
    """
    return text if cell_len(text) <= cells else set_cell_size(text, cells - 1).rstrip() + CUT


def pad(text: str, cells: int, right: bool = False) -> str:
    blanks = " " * (cells - cell_len(text))
    return blanks + text if right else text + blanks
