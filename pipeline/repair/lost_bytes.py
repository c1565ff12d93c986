"""Text misread in a wrong encoding that lost bytes on the way: 鑺辨睈璐烽?炬湡 is 花汐贷逾期."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from math import inf
from typing import NamedTuple

from pipeline.decode.readable import COMMON_HAN, FREQUENT_HAN
from pipeline.records import Confidence
from pipeline.repair.edited import Span
from pipeline.repair.fluency import MAX_WORD, Cells, fluency
from pipeline.repair.utf8_run import Cell, cells
from pipeline.script import characters

BRACKETS = {"《": "》", "【": "】", "（": "）", "“": "”", "‘": "’"}
STOPS = frozenset("，。、；：？！")  # never two of them
NOT_LAST = frozenset("，、：；《【（“‘　")
CONTEXT = MAX_WORD  # characters on each side that an open one is judged with
OTHER_OPEN = 4  # readings of each other open character that are tried then, the most frequent
MAX_OPEN_SHARE = 0.5  # with more in doubt there is nothing left to judge them by
# Logarithms, by misreading 121 clean texts on purpose: see docs/measurements.md.
MIN_MARGIN = 6.0  # over the second character, to put one in: of 8,600 pieces 1 was wrong, with 4.0 7
MIN_GUESS = 1.0  # to name one in a note
MIN_PER_CHAR = -10.0  # so many bytes that fit are Chinese already; invented names have -9
MIN_GAIN = 6.0


class Reading(NamedTuple):
    """What a cell is read as; "" where nobody knows."""

    char: str
    margin: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """Neighbouring cells with their readings; `known`: all of them are sure."""

    start: int
    end: int
    said: str
    known: bool
    open: bool  # some had more than one option


def lossy_spans(run: str, kind: str, least: int) -> Iterator[Span]:
    """Of one run, what is read back (`certain`, `high`), and what stays as it is (`medium`).

    Damage: UTF-8 read as GBK, and what is no pair of GBK became `?`: a byte, or two, are gone. What may have
    stood there are few characters, since the reader would have kept the others; the words around choose.
    Left alone: a run with fewer than `least` whole characters; an open character that no word makes likelier
    than another (涓? is 一 or 中); what nobody misread.
    """
    for literal, group in groupby(cells(run), key=lambda cell: cell.literal):
        held = list(group)
        if not literal and _is_evidence(held, least):
            readings = _readings(_possible(held, held[-1].end == len(run)))
            said = "".join(one.char for one in readings)
            if _is_better(run[held[0].start : held[-1].end], said):
                yield from (_span(piece, kind) for piece in _pieces(held, readings))


def _is_evidence(held: Sequence[Cell], least: int) -> bool:
    whole = sum(len(cell.options) == 1 and cell.options[0] in COMMON_HAN for cell in held)
    return whole >= least and sum(len(cell.options) != 1 for cell in held) <= MAX_OPEN_SHARE * len(held)


def _possible(held: Sequence[Cell], ends: bool) -> list[Cell]:
    """The cells without what the others exclude; `ends`: the run is the end of its line.

    Not 規 for 规 on a simplified page; not 》 where no 《 is open; no comma at a line's end; no 。。.
    """
    whole = {cell.options[0] for cell in held if len(cell.options) == 1}
    other = {*_other_script(whole), *(shut for opens, shut in BRACKETS.items() if opens not in whole)}
    possible = [_without(cell, other) for cell in held]
    for before, (index, cell) in zip(held, enumerate(possible[1:], start=1), strict=False):
        if before.options and before.options[0] in STOPS:
            possible[index] = _without(cell, STOPS)
    if ends:
        possible[-1] = _without(possible[-1], NOT_LAST)
    return possible


def _other_script(whole: Set[str]) -> Set[str]:
    """In simplified text that is also what conversion would change: 朮 is in both standards, as 术 is."""
    known = characters()
    is_traditional = len(whole & known.traditional_only) > len(whole & known.simplified_only)
    return known.simplified_only if is_traditional else known.simplified_of.keys()


def _without(cell: Cell, excluded: Set[str]) -> Cell:
    if len(cell.options) < 2:
        return cell
    return cell._replace(options=tuple(char for char in cell.options if char not in excluded))


def _is_better(run: str, said: str) -> bool:
    score = fluency().score(_simple(said))
    return score >= MIN_PER_CHAR * len(said) and score >= fluency().score(_simple(run)) + MIN_GAIN


def _readings(held: Sequence[Cell]) -> list[Reading]:
    """From left to right, each open cell by those that are decided and the likeliest of the others."""
    readings: list[Reading] = []
    chosen = [_likely(cell) for cell in held]
    for index, cell in enumerate(held):
        whole = not cell.lossy and len(cell.options) == 1
        reading = Reading(cell.options[0], inf) if whole else _reading(cell, index, chosen)
        readings.append(reading)
        if reading.margin >= MIN_MARGIN:
            chosen[index] = (_simple(reading.char),)
    return readings


def _likely(cell: Cell) -> tuple[str, ...]:
    simple = dict.fromkeys(map(_simple, cell.options or ("\ufffd",)))
    return tuple(sorted(simple, key=fluency().char, reverse=True)[:OTHER_OPEN])


def _reading(cell: Cell, index: int, chosen: Sequence[tuple[str, ...]]) -> Reading:
    before = tuple(chosen[max(0, index - CONTEXT) : index])
    after = tuple(chosen[index + 1 : index + 1 + CONTEXT])
    said, margin = _likeliest(before, tuple(dict.fromkeys(map(_simple, cell.options))), after)
    return Reading(next((char for char in cell.options if _simple(char) == said), ""), margin)


@lru_cache(maxsize=4_096)  # a line is read again once its page is known to be misread
def _likeliest(before: Cells, options: tuple[str, ...], after: Cells) -> tuple[str, float]:
    """The likeliest character, and by how much it is likelier than the next.

    One of a name is in no word, and that it is frequent elsewhere says nothing: 陈姝君 is not 陈妝君.
    """
    scores = fluency().scores(before, options, after)
    ranked = sorted(scores, key=lambda option: scores[option], reverse=True)
    if not ranked:
        return "", 0.0
    most, in_word = scores[ranked[0]]
    margin = most - scores[ranked[1]][0] if ranked[1:] else inf
    return ranked[0], margin if in_word or ranked[0] in FREQUENT_HAN else min(MIN_GUESS, margin)


def _pieces(held: Sequence[Cell], readings: Sequence[Reading]) -> Iterator[_Piece]:
    """Cells that are sure, and cells that are not or share a character of the run with such a one."""
    sure = _sure(held, readings)
    for known, group in groupby(range(len(held)), key=sure.__getitem__):
        at = list(group)
        guessed = all(readings[i].margin >= MIN_GUESS for i in at)
        said = "".join(readings[i].char for i in at)
        is_open = any(held[i].lossy for i in at)
        yield _Piece(held[at[0]].start, held[at[-1]].end, said if guessed else "", known, is_open)


def _sure(held: Sequence[Cell], readings: Sequence[Reading]) -> list[bool]:
    sure = [
        min(reading.margin, *(near.margin for near in readings[max(0, at - 1) : at + 2])) >= MIN_MARGIN
        or reading.margin == inf
        for at, reading in enumerate(readings)
    ]  # one open character is no judge of another
    for order in (range(1, len(held)), range(len(held) - 2, -1, -1)):
        for index in order:
            near = index - 1 if order.step > 0 else index + 1
            first, second = sorted((index, near))
            if not sure[near] and held[second].start < held[first].end:
                sure[index] = False
    return sure


def _span(piece: _Piece, kind: str) -> Span:
    confidence: Confidence = ("high" if piece.open else "certain") if piece.known else "medium"
    return Span(piece.start, piece.end, piece.said, kind, confidence)


def _simple(text: str) -> str:
    simplified = characters().simplified_of
    return "".join(simplified.get(char, char) for char in text)
