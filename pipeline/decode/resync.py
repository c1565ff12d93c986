"""Bytes lost from, or strewn into, text of two-byte characters: where the next character begins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import repeat

import numpy as np

from pipeline.decode.readable import COMMON_HAN, FREQUENT_HAN

# What a reading costs. Only the order matters much: rare characters in a row are a shifted reading, one of
# them is a name. Set by these considerations, not fitted.
FREQUENT, COMMON, LETTER, RARE, BEYOND, LOST, PRIVATE = 0, 1, 3, 6, 8, 9, 11
IMPOSSIBLE = 1_000_000
# 2 for a zero, 1 for what ASCII has beside it; not N and g, since 一 is 4E 00 and 最 is 67 00.
ZEROS = bytes(2 if byte == 0 else byte in b' \n\r<>/="abcdefhijklmnopqrstuvwxyz' for byte in range(256))
MARKS = re.compile("[\u2010-\u203b\u2460-\u2473\u3000-\u301f\uff01-\uff5e]")
MIN_TURNED = 8  # zeros in the wrong places
# Pages seldom use what only the superset has; a stretch that is valid without it has lost nothing.
SMALLER = {"gb18030": "gbk", "big5hkscs": "cp950", "utf-8": "utf-8"}  # cp950 has 裏, and Big5 has not
KANA = range(0x3040, 0x3100)
# Common characters, frequent ones and marks twice. Without kana: shifted readings in GBK have it.
READABLE = dict.fromkeys(COMMON_HAN, 1) | {char: 2 for char in FREQUENT_HAN if ord(char) not in KANA}
TRAIL = 0x40  # ASCII from here on may be half a character
FOREIGN = b"\x80\xff"  # no second byte in GBK, GB 18030 or Big5


def resynchronised(stretch: bytes, encoding: str) -> str:
    r"""A stretch of damaged GB 18030 or Big5, read so that it costs least; what is no character is U+FFFD.

    Damage: one byte lost or put in, and up to the next ASCII character every pair is read half a character
    late: 催收人员 without a byte is 呤杖嗽. What is left alone: nothing that reads well, since a byte that is
    skipped costs more than one rare character; and all of it where that makes no more of it readable.

    >>> said = "请保留催收人员的电话".encode("gbk")
    >>> resynchronised(said[:6] + said[7:], "gb18030")
    '请保留\ufffd收人员的电话'
    """
    whole = _whole_runs(stretch, _widths(stretch, _pair_costs(encoding), encoding == "gb18030"))
    said = "\ufffd".join(run.decode(encoding) for run in whole)
    plain = stretch.decode(encoding, "replace")
    return said if _readable(said) > _readable(plain) else plain


def _readable(text: str) -> int:
    return sum(map(READABLE.get, text, repeat(0)))


def _whole_runs(stretch: bytes, widths: Iterable[int]) -> list[bytearray]:
    """The characters between one lost byte and the next, to decode at once; without foreign bytes."""
    runs, place = [bytearray()], 0
    for width in widths:
        if width == 1 and stretch[place] >= 0x80:
            runs.append(bytearray())
        elif width == 3:
            runs[-1] += stretch[place : place + 1] + stretch[place + 2 : place + 3]
        else:
            runs[-1] += stretch[place : place + width]
        place += width
    return runs


def _widths(stretch: bytes, pairs: tuple[int, ...], has_four: bool) -> list[int]:
    """Of the characters of the cheapest reading: 3 is a pair with a foreign byte in it.

    Viterbi over byte positions, from the end; of two equals the one that loses bytes later.
    """
    size = len(stretch)
    cost = [0] * (size + 4)
    width = [1] * (size + 1)
    for place in range(size - 1, -1, -1):
        lead = stretch[place]
        if lead < 0x80:
            cost[place] = cost[place + 1] + (LETTER if lead >= TRAIL else 0)
            continue
        best, step = cost[place + 1] + LOST, 1
        if place + 1 < size:
            trail = stretch[place + 1]
            if (said := cost[place + 2] + pairs[lead << 8 | trail]) <= best:
                best, step = said, 2
            if trail in FOREIGN and place + 2 < size:
                said = cost[place + 3] + LOST + pairs[lead << 8 | stretch[place + 2]]
                best, step = min((best, step), (said, 3))
            if has_four and 0x30 <= trail <= 0x39 and _is_four(stretch[place : place + 4]):
                best, step = min((best, step), (cost[place + 4] + RARE, 4))
        cost[place], width[place] = best, step
    return _walked(width, size)


def _walked(width: list[int], size: int) -> list[int]:
    steps, place = [], 0
    while place < size:
        steps.append(width[place])
        place += width[place]
    return steps


def _is_four(piece: bytes) -> bool:
    try:
        return len(piece.decode("gb18030")) == 1
    except UnicodeDecodeError:
        return False


def resynchronised_wide(body: bytes, encoding: str) -> str:
    """UTF-16 of which one byte was lost: behind it the zeros of ASCII stand in the other places.

    Left alone: a page with few of them, of which nobody can tell.
    """
    roles = np.frombuffer(body.translate(ZEROS), dtype=np.uint8)
    zeros = np.zeros(len(body), dtype=np.int8)
    zeros[1:] = (roles[1:] == 2) & (roles[:-1] == 1)
    zeros[:-1] |= (roles[:-1] == 2) & (roles[1:] == 1)
    zeros[::2] *= -1
    turns = np.cumsum(zeros, dtype=np.int32)  # rises in little-endian text
    little, big, end = (int(turns.max(initial=0)), int(turns.min(initial=0)), int(turns[-1:].sum()))
    first_little, first_big = 2 * little - end, end - 2 * big  # zeros in their places, if cut there
    if max(first_little, first_big) < abs(end) + MIN_TURNED:
        return body.decode(encoding, "replace")
    is_little = first_little > first_big
    cut = int(turns.argmax() if is_little else turns.argmin()) // 2 * 2 + 2
    said = "utf-16-le" if is_little else "utf-16-be"
    return body[:cut].decode(said, "replace") + body[cut + 1 :].decode(said, "replace")


@cache
def _pair_costs(encoding: str) -> tuple[int, ...]:
    """Of every pair of bytes, in 30 ms; only damaged pages need it."""
    costs = [IMPOSSIBLE] * 0x10000
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            if char := _character(bytes((lead, trail)), encoding):
                costs[lead << 8 | trail] = _cost(char, encoding)
    return tuple(costs)


def _character(pair: bytes, encoding: str) -> str:
    try:
        return pair.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _cost(char: str, encoding: str) -> int:
    if len(char) == 1 and ord(char) in KANA:
        return RARE
    if char in FREQUENT_HAN:
        return FREQUENT
    if char in COMMON_HAN or MARKS.match(char):
        return COMMON
    if any("\ue000" <= one <= "\uf8ff" for one in char):
        return PRIVATE
    return RARE if _is_in(char, SMALLER[encoding]) else BEYOND


def _is_in(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
