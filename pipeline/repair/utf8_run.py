"""A run of UTF-8 that was read as GBK, of which bytes were lost: back into bytes, back into characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from pipeline.decode.readable import COMMON_HAN
from pipeline.repair.gbk_run import is_pair

LOST = frozenset("?\ufffd")  # what a reader writes for bytes that are no character
BYTE_80 = "€"  # to Windows; to others no character
LEADS = bytes((*range(0xE2, 0xEA), 0xEF))  # of Han and marks, three bytes each
TRAILS = bytes(range(0x80, 0xC0))
MARKS = frozenset("，。、；：？！“”‘’（）《》【】—…·～％　")
LITERAL = "literal"
# Shapes of a character in roles (see `_roles`), what reading it so costs, and the widths of its pieces: ? is
# one lost byte, P two, - one that nothing shows. The order of likelihood matters, not the sizes.
SHAPES = (
    ("Lcc", "Lcc", 0),
    ("a", "a", 0),
    ("Lc?", "Lc?", 2),
    ("L?c", "L?c", 2),
    ("?cc", "?cc", 3),
    ("L?", "LP", 4),
    ("L??", "L??", 5),
    ("Lc?cc", "LcPcc", 5),
    ("Lc", "Lc-", 7),
)
WHOLE = ("Lcc", "a")
MARK_COST = 3  # a `?` that is one
LITERAL_COST = 9  # a character that nobody misread


class Cell(NamedTuple):
    """`run[start:end]` holds its bytes; `options` are the characters it may be."""

    start: int
    end: int
    options: tuple[str, ...]
    literal: bool = False  # nobody misread it
    lossy: bool = False  # a byte of it is lost


class _Token(NamedTuple):
    """A byte of the run, None for a lost one, and the character that holds it."""

    byte: int | None
    char: int


def cells(run: str) -> list[Cell]:
    """The likeliest division of a run into characters, in its order."""
    tokens = list(_tokens(run))
    roles = "".join(map(_role, tokens))
    found: list[Cell] = []
    place = 0
    for width, shape in _walked(tokens, roles):
        taken = tokens[place : place + width]
        place += width
        found += _cells(taken, shape, tokens[place].byte if place < len(tokens) else None)
    return found


def _tokens(run: str) -> Iterator[_Token]:
    for index, char in enumerate(run):
        if char in LOST:
            yield _Token(None, index)
        elif char == BYTE_80:
            yield _Token(0x80, index)
        else:
            raw = char.encode("gb18030", "replace")
            yield from (_Token(byte, index) for byte in (raw if len(raw) == 2 else b"\xff\xff"))


def _role(token: _Token) -> str:
    """L begins a character, c goes on, a is ASCII, ? lost, x nothing that UTF-8 has there."""
    if token.byte is None:
        return "?"
    if token.byte in LEADS:
        return "L"
    return "c" if token.byte in TRAILS else "a" if token.byte < 0x80 else "x"


def _walked(tokens: Sequence[_Token], roles: str) -> list[tuple[int, str]]:
    """How many tokens each step takes, and its shape: the cheapest way from the end."""
    size = len(tokens)
    cost, step = [0] * (size + 1), [(1, LITERAL)] * (size + 1)
    for place in range(size - 1, -1, -1):
        width = 2 if place + 1 < size and tokens[place + 1].char == tokens[place].char else 1
        best, step[place] = LITERAL_COST + cost[place + width], (width, LITERAL)
        if roles[place] == "?":
            best, step[place] = MARK_COST + cost[place + 1], (1, LITERAL)
        for shown, shape, price in SHAPES:
            if roles.startswith(shown, place) and price + cost[place + len(shown)] < best:
                best, step[place] = price + cost[place + len(shown)], (len(shown), shape)
        cost[place] = best
    return _steps(step, size)


def _steps(step: Sequence[tuple[int, str]], size: int) -> list[tuple[int, str]]:
    taken, place = [], 0
    while place < size:
        taken.append(step[place])
        place += step[place][0]
    return taken


def _cells(taken: Sequence[_Token], shape: str, behind: int | None) -> Iterator[Cell]:
    start, end = taken[0].char, taken[-1].char + 1
    known = tuple(token.byte for token in taken)
    if shape == LITERAL:
        yield Cell(start, end, (), True)
    elif shape == "LcPcc":
        middle = taken[2].char
        yield Cell(start, middle + 1, _options((*known[:2], None), "Lc?", None), lossy=True)
        yield Cell(middle, end, _options((None, *known[3:]), "?cc", None), lossy=True)
    else:
        yield Cell(start, end, _options(known, shape, behind), lossy=shape not in WHOLE)


@lru_cache(maxsize=4_096)
def _options(known: tuple[int | None, ...], shape: str, behind: int | None) -> tuple[str, ...]:
    """Common characters that a reader of GBK would have lost so."""
    found: dict[str, None] = {}
    for raw in _fillings(known, shape):
        said = raw.decode("utf-8", "replace")
        if (said in COMMON_HAN or said in MARKS or said.isascii()) and _is_lost(raw, shape, behind):
            found[said] = None
    return tuple(found)


def _fillings(known: tuple[int | None, ...], shape: str) -> Iterator[bytes]:
    if shape == "Lc-":
        lead, trail = known
        for one in TRAILS:
            yield bytes((lead or 0, trail or 0, one))
            yield bytes((lead or 0, one, trail or 0))
        return
    wide = [None if byte is None else (byte,) for byte in known]
    if shape == "LP":
        wide = [*wide, None]
    values = ((LEADS if at == 0 else TRAILS) if given is None else given for at, given in enumerate(wide))
    yield from map(bytes, product(*values))


def _is_lost(raw: bytes, shape: str, behind: int | None) -> bool:
    """Whether no pair of GBK begins with the byte that is said to be lost (or is the two of them)."""
    at = shape.find("?")
    if shape == "LP":
        return not is_pair(raw[1:])
    if at < 0 or shape.count("?") > 1:
        return True
    follows = raw[at + 1] if at + 1 < len(raw) else behind
    return follows is None or not is_pair(bytes((raw[at], follows)))
