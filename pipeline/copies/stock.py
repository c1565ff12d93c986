"""Stock sentences: quoted law, greetings, sections that everybody copies. They belong to no template."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import ZERO, compiled
from pipeline.copies.aligned import Sentences, learn, no_sentences, version_of
from pipeline.copies.hashing import Numbers
from pipeline.copies.lines import Lines, line_grams
from pipeline.copies.marked import hits, is_like, mark, no_marks
from pipeline.copies.ragged import Ragged, list_of
from pipeline.copies.remembered import Bits
from pipeline.copies.texts import Texts

# A sentence that stands in this many clusters, none holding this share of it, belongs to none of them
# (findings, copies.md §2).
STOCK_CLUSTERS = 5
STOCK_SHARE = 0.6
# A text of which more than this share would be stock is put together from what others say; it
# holds little else, and a sentence that mostly stands in such texts is compared.
ASSEMBLED = 0.8
STOCK_LIKE = 0.5  # of a line's grams stand in one stock sentence: it is that, reworded or cut short


def stock_lines(texts: Texts, groups: Numbers) -> Bits:
    """Which of the different lines stand in many groups and belong to none, and versions of these; `groups`
    says of each text which it is in."""
    _, numbered = np.unique(texts.keys, return_inverse=True)  # a line and its quotation are one sentence
    stock: Bits = _standing(texts.lines, numbered, _members(groups))[numbered] & (texts.keys != 0)
    known = np.flatnonzero(stock)
    _, firsts = np.unique(texts.keys[known], return_index=True)
    alone = texts.lines._replace(ids=np.arange(len(numbered), dtype=np.uint32))
    _add_versions(alone, stock, known[np.sort(firsts)], no_sentences(len(firsts)))
    return stock


def without_assembled(texts: Texts, counted: Bits, stock: Bits) -> Bits:
    """The stock lines that are none of texts which hold little else: a farm that mixes its sections from a
    pool has each of them in many templates, and what tells its stories apart is which stand together.

    `counted`: lines that are compared where there is no stock.
    """
    assembled = texts.counted_sizes(counted & ~stock) < (1 - ASSEMBLED) * texts.counted_sizes(counted)
    return stock & ~_mostly_in(texts.lines, assembled, len(stock))


@compiled
def _mostly_in(lines: Lines, chosen: Bits, count: int) -> Bits:
    """Which of the different lines stand in the texts that are chosen more often than in others."""
    balance = np.zeros(count, np.int64)
    for text in range(len(chosen)):
        step = 1 if chosen[text] else -1
        for line in range(lines.texts[text], lines.texts[text + 1]):
            balance[lines.ids[line]] += step
    return balance > 0


def _members(groups: Numbers) -> Ragged:
    """Group after group its texts."""
    order = np.argsort(groups, kind="stable")
    firsts = np.flatnonzero(np.diff(groups[order], prepend=-1))
    return Ragged(np.append(firsts, len(order)), order)


@compiled
def _standing(lines: Lines, numbered: Numbers, members: Ragged) -> Bits:
    """Which sentences do: counted group after group, so that no row a line is needed."""
    count = numbered.max() + 1 if len(numbered) else ZERO
    groups, most, total = np.zeros(count, np.int64), np.zeros(count, np.int64), np.zeros(count, np.int64)
    here, met = np.zeros(count, np.int64), np.empty(count, np.int64)
    for group in range(len(members.starts) - 1):
        n_met = ZERO
        for text in list_of(members, group):
            for line in range(lines.texts[text], lines.texts[text + 1]):
                sentence = numbered[lines.ids[line]]
                if here[sentence] == 0:
                    met[n_met] = sentence
                    n_met += 1
                here[sentence] += 1
        for sentence in met[:n_met]:
            groups[sentence] += 1
            total[sentence] += here[sentence]
            most[sentence] = max(most[sentence], here[sentence])
            here[sentence] = 0
    return (groups >= STOCK_CLUSTERS) & (most <= STOCK_SHARE * total)


@compiled
def _add_versions(lines: Lines, stock: NDArray[np.bool_], firsts: Numbers, known: Sentences) -> None:
    """Marks the other lines of which half stands in one stock sentence; `firsts`: each of those once."""
    count, marks = ZERO, no_marks()
    for line in firsts:
        count = learn(known, lines, (line, line + 1), count, STOCK_LIKE)
        mark(marks, line_grams(lines, line))
    for line in range(len(stock)):
        places = line_grams(lines, line)
        if not stock[line] and is_like(hits(marks, places), len(places), STOCK_LIKE):
            stock[line] = version_of(known, places, STOCK_LIKE) > 0
