"""A telephone number that a page sets over several lines, so that no line of it shows one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.codes import translated
from pipeline.contacts import AMOUNT, BETWEEN, TO_PLAIN

PHONE_DIGITS = 11
MAX_LINES = 4  # more lines for eleven digits are a column of figures
TAIL = re.compile(rf"(?<![0-9.])[0-9](?:{BETWEEN}[0-9]){{0,9}}$")
HEAD = re.compile(rf"^[0-9](?:{BETWEEN}[0-9]){{0,9}}(?![0-9.])")
MOBILE = re.compile("1[3-9][0-9]{9}")
TAIL_CHARS = 40  # ten digits with what may stand between them

Piece = tuple[int, int, int]  # line, start, end


def broken_numbers(lines: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    """The pieces of each mobile number that neighbouring lines hold only together.

    Damage: <div>138</div><div>0013</div><div>8000</div>, or 电话：138 at a line's end. Only digits may
    stand in the lines between, and the pieces must be exactly a mobile number.
    Left alone: 共 36 and 1500 元 in two lines, a column of figures.
    """
    taken = -1
    for start in range(len(lines) - 1):
        if start > taken and lines[start][-1:].isdigit() and lines[start + 1][:1].isdigit():
            pieces = _pieces(lines, start)
            if pieces:
                taken = pieces[-1][0]
                yield pieces


def _pieces(lines: Sequence[str], start: int) -> tuple[Piece, ...]:
    """Of the number that begins at the end of this line; none where there is no such number."""
    cut = max(0, len(lines[start]) - TAIL_CHARS)
    tail = TAIL.search(translated(lines[start][cut:], TO_PLAIN))
    if tail is None:
        return ()
    digits, pieces = _digits(tail[0]), [(start, cut + tail.start(), len(lines[start]))]
    for number, line in enumerate(lines[start + 1 : start + MAX_LINES], start=start + 1):
        plain = translated(line[: 2 * TAIL_CHARS], TO_PLAIN)
        head = HEAD.match(plain)
        if head is None:
            return ()
        digits += _digits(head[0])
        pieces.append((number, 0, head.end()))
        if len(digits) >= PHONE_DIGITS:
            whole = MOBILE.fullmatch(digits) and not AMOUNT.match(plain, head.end())
            return tuple(pieces) if whole else ()
        if head.end() != len(line):
            return ()
    return ()


def _digits(text: str) -> str:
    return re.sub("[^0-9]", "", text)
