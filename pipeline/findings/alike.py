"""Words with which stretches of a text begin alike, in machine code: a page has hundreds of stretches."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.codes import KNOWN, Points, members
from pipeline.compiled import NUMBERS, OCTETS, POINTS, TABLE, compiled_for, inner

SHORTEST, LONGEST = 2, 10  # characters of a name; of 684 surfaces of the first topic 5 are longer
LEAST_HITS = 2  # once may be a slip of the pen
LIST_MARK = "、"
INSIDE = frozenset("的了是被们这那吗呢么着")  # names do not hold these
OF_WORDS, OF_NAMES = 1, 2  # what a character may be part of
# Of a stretch: where it begins and ends, what stands before and behind it, whether it is alone in a list.
START, END, BEFORE, BEHIND, LISTED = range(5)
# Of a word: where it begins first, its length; its stretches, from one up to another; whether it is bounded,
# and alone in a list.
FIRST, LENGTH, FROM, UP_TO, BOUNDED, ALONE = range(6)
_MARK = np.int64(ord(LIST_MARK))
_NONE = np.int64(0)  # before or behind a word: no character of a word

Numbers = NDArray[np.int64]
Kinds = NDArray[np.uint8]


class Ground(NamedTuple):
    """A text, and what is known of each of its characters."""

    points: Points
    kinds: Kinds  # OF_WORDS, OF_NAMES
    taken: Kinds  # 1 where another name stands
    cues: Numbers  # 0, or one more than the number of the cue that begins there


class Begun(NamedTuple):
    """A word with which stretches begin, and its first place."""

    start: int
    end: int
    hits: int
    bounded: bool  # what stands before it varies, or is of no word, and so does what stands behind it
    listed: bool  # alone in a list, once at least
    cues: set[int]


def kinds_of(points: Points) -> Kinds:
    return _kinds().take(points, mode="clip")


def words_alike(ground: Ground, starts: Numbers) -> Iterator[Begun]:
    """Words that two stretches at least begin with, where they are bounded; and what is alone in a list.

    A stretch begins at each of the starts, which ascend, and is as long as a name may be.
    """
    points, kinds, taken, cues = ground
    stretches = _stretches(points, kinds, taken, starts)
    words = _words(points, cues, stretches)
    heard: dict[int, set[int]] = {}
    for number, cue in _cued(cues, stretches, words).tolist():
        heard.setdefault(number, set()).add(cue - 1)
    for number, (start, length, begun, end, bounded, listed) in enumerate(words.tolist()):
        cued = heard.get(number, set())
        yield Begun(start, start + length, end - begun, bool(bounded), bool(listed), cued)


@cache
def _kinds() -> Kinds:
    of_words = members(r"[^\W_]")
    of_names = of_words & ~np.isin(np.arange(KNOWN), [ord(one) for one in INSIDE])
    return (of_words * OF_WORDS + of_names * OF_NAMES).astype(np.uint8)


@inner
def _character(points: Points, kinds: Kinds, place: int) -> np.int64:
    """The one there, if it is of a word."""
    if 0 <= place < points.size and kinds[place] & OF_WORDS:
        return np.int64(points[place])
    return _NONE


@inner
def _is_mark(points: Points, place: int) -> bool:
    return bool(0 <= place < points.size and np.int64(points[place]) == _MARK)


@inner
def _end(kinds: Kinds, taken: Kinds, start: int) -> int:
    """Of what may be a name, from there on."""
    end = start
    while end < kinds.size and end - start < LONGEST and kinds[end] & OF_NAMES and not taken[end]:
        end += 1
    return end


@compiled_for(POINTS, OCTETS, OCTETS, NUMBERS)
def _stretches(points: Points, kinds: Kinds, taken: Kinds, starts: Numbers) -> Numbers:
    """Those that are long enough. Where another name or its own length ends one, a word goes on behind it."""
    found, count = np.empty((starts.size, 5), np.int64), 0
    for start in starts:
        end = _end(kinds, taken, start)
        if end - start < SHORTEST:
            continue
        before, after = _character(points, kinds, start - 1), _character(points, kinds, end)
        goes_on = end < points.size and (taken[end] or kinds[end] & OF_NAMES)
        alone = before == _NONE and after == _NONE
        found[count, START], found[count, END], found[count, BEFORE] = start, end, before
        found[count, BEHIND] = np.int64(points[end]) if goes_on else _NONE
        found[count, LISTED] = alone and (_is_mark(points, start - 1) or _is_mark(points, end))
        count += 1
    return found[:count].copy()


@inner
def _behind(points: Points, cues: Numbers, stretches: Numbers, one: int, length: int) -> np.int64:
    """The character behind what it begins with; none where a word ends or a cue stands."""
    place = stretches[one, START] + length
    if place < cues.size and cues[place]:
        return _NONE
    return np.int64(points[place]) if place < stretches[one, END] else stretches[one, BEHIND]


@inner
def _opens(stretches: Numbers, begun: int, end: int) -> bool:
    """Whether what stands before them varies, or is of no word: 钱花 stands behind 有 only."""
    first, varies = stretches[begun, BEFORE], False
    for one in range(begun, end):
        varies |= stretches[one, BEFORE] != first
    return varies or first == _NONE


@inner
def _closes(points: Points, cues: Numbers, stretches: Numbers, place: tuple[int, int], length: int) -> bool:
    """The same of what stands behind so many characters: 云朵 stands before 借 only."""
    first, varies = _behind(points, cues, stretches, place[0], length), False
    for one in range(place[0], place[1]):
        varies |= _behind(points, cues, stretches, one, length) != first
    return varies or first == _NONE


@inner
def _is_listed(stretches: Numbers, begun: int, end: int, length: int) -> bool:
    """Whether one of them is nothing but so many characters, alone in a list."""
    for one in range(begun, end):
        if stretches[one, LISTED] and stretches[one, END] - stretches[one, START] == length:
            return True
    return False


@inner
def _sort(points: Points, stretches: Numbers, place: tuple[int, int], length: int) -> int:
    """By the character behind so many, those that are no longer last; where these begin."""
    size = place[1] - place[0]
    codes, held, longer = np.empty(size, np.int64), stretches[place[0] : place[1]].copy(), 0
    for one in range(size):
        is_longer = held[one, END] - held[one, START] > length
        codes[one] = np.int64(points[held[one, START] + length]) if is_longer else np.int64(1) << 32
        longer += is_longer
    for at, one in enumerate(np.argsort(codes, kind="mergesort")):
        stretches[place[0] + at] = held[one]
    return place[0] + longer


@inner
def _alike_end(points: Points, stretches: Numbers, place: tuple[int, int], length: int) -> int:
    """Where those end that have the first one's character behind so many."""
    first, one = points[stretches[place[0], START] + length], place[0] + 1
    while one < place[1] and points[stretches[one, START] + length] == first:
        one += 1
    return one


@compiled_for(POINTS, NUMBERS, TABLE)
def _words(points: Points, cues: Numbers, stretches: Numbers) -> Numbers:
    """Sorts the stretches, so that those of a word stand side by side.

    What stands behind one character only begins nowhere, and so does all that is longer.
    """
    room = stretches.shape[0] * LONGEST + 1
    words, pending, count, left = np.empty((room, 6), np.int64), np.empty((room, 3), np.int64), 0, 1
    pending[0] = np.array((0, stretches.shape[0], 0))
    while left:
        left -= 1
        begun, end, length = pending[left]
        bounded, listed = False, False
        if end - begun == 1:
            length, listed = stretches[begun, END] - stretches[begun, START], stretches[begun, LISTED] != 0
        elif length >= SHORTEST and not _opens(stretches, begun, end):
            continue
        elif length >= SHORTEST:
            bounded = _closes(points, cues, stretches, (begun, end), length)
            listed = _is_listed(stretches, begun, end, length)
        if bounded or listed:
            first = stretches[begun, START]
            words[count] = np.array((first, length, begun, end, int(bounded), int(listed)))
            count += 1
        last = _sort(points, stretches, (begun, end), length) if end - begun > 1 else begun
        while begun < last:
            stop = _alike_end(points, stretches, (begun, last), length)
            pending[left] = np.array((begun, stop, length + 1))
            begun, left = stop, left + 1
    return words[:count].copy()


@compiled_for(NUMBERS, TABLE, TABLE)
def _cued(cues: Numbers, stretches: Numbers, words: Numbers) -> Numbers:
    """Pairs of a word's number and what is one more than that of a cue behind it."""
    found, count = np.empty(((words[:, UP_TO] - words[:, FROM]).sum(), 2), np.int64), 0
    for number in range(words.shape[0]):
        for one in range(words[number, FROM], words[number, UP_TO]):
            end = stretches[one, START] + words[number, LENGTH]
            if end < cues.size and cues[end]:
                found[count, 0], found[count, 1] = number, cues[end]
                count += 1
    return found[:count].copy()
