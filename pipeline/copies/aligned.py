"""Which sentence of a text each line of another is a version of: its grams stand in one line, not in many.

Any text of this topic holds a fifth of the grams of any sentence (.18 measured on real pages; a fifth of the
lines have .3), since everybody writes 与平台协商还款. A version of a sentence has them in one place.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import ZERO, compiled, inner
from pipeline.copies.grams import PLACE_BITS
from pipeline.copies.hashing import Numbers
from pipeline.copies.lines import Lines, Places, line_grams
from pipeline.copies.marked import LINE_GRAMS, is_like


class Sentences(NamedTuple):
    """Sentences of one group, from 1, in a table of 2**22 places: a gram names the first that has it.

    `tally` has room for all their numbers; what it holds is of no matter between two lines.
    """

    table: NDArray[np.int32]
    tally: NDArray[np.int32]


def no_sentences(most: int) -> Sentences:
    """Not compiled: of numpy's zeros only those take memory that are written to, and where all is remembered
    that is none of 16 megabytes."""
    return Sentences(np.zeros(1 << PLACE_BITS, np.int32), np.zeros(most + 1, np.int32))


@inner
def best_sentence(known: Sentences, places: Places) -> tuple[int, int]:
    """The sentence that has most of these grams, the latest of several, and how many; 0 for none."""
    best, most = 0, 0
    for place in places:
        sentence = known.table[place]
        if sentence:
            known.tally[sentence] += 1
            held = known.tally[sentence]
            if held > most or (held == most and sentence > best):
                best, most = sentence, held
    for place in places:
        known.tally[known.table[place]] = 0
    return best, most


@compiled
def version_of(known: Sentences, places: Places, least_share: float) -> int:
    """The sentence that a line is a version of; 0 for none."""
    best, held = best_sentence(known, places)
    return best if is_like(held, len(places), least_share) else 0


@inner
def learn(known: Sentences, lines: Lines, span: tuple[int, int], count: int, least_share: float) -> int:
    """Lines first to last of one text are versions of known sentences, or new ones; how many there are now.

    Of two lines with a new gram the later has it.
    """
    first, end = span
    found = np.empty(end - first, np.int64)
    for line in range(first, end):
        places = line_grams(lines, line)
        found[line - first] = version_of(known, places, least_share)
        if found[line - first] == 0 and len(places) >= LINE_GRAMS:
            count += 1
            found[line - first] = count
    for line in range(end - 1, first - 1, -1):
        if found[line - first]:
            for place in line_grams(lines, line):
                if known.table[place] == 0:
                    known.table[place] = found[line - first]
    return count


@compiled
def learn_texts(known: Sentences, lines: Lines, units: Numbers, least_share: float) -> int:
    """Text after text into an empty table; how many sentences they have."""
    count = ZERO
    for unit in units:
        count = learn(known, lines, (lines.texts[unit], lines.texts[unit + 1]), count, least_share)
    return count


@inner
def forget_texts(known: Sentences, lines: Lines, units: Numbers) -> None:
    for unit in units:
        for line in range(lines.texts[unit], lines.texts[unit + 1]):
            for place in line_grams(lines, line):
                known.table[place] = 0
