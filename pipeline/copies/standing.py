"""Which lines of a group stand in several of its stories, reworded or not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import compiled, inner
from pipeline.copies.aligned import (
    Sentences,
    best_sentence,
    forget_texts,
    learn_texts,
    no_sentences,
    version_of,
)
from pipeline.copies.hashing import Numbers
from pipeline.copies.lines import Lines, line_grams
from pipeline.copies.marked import LINE_GRAMS, LINE_SHARE
from pipeline.copies.ragged import Ragged, list_of
from pipeline.copies.remembered import Bits, Faces, face_of
from pipeline.copies.seen import Seen
from pipeline.copies.stories import Tellers
from pipeline.copies.texts import Texts

LEARNT = (
    24  # stories that a group's sentences are learnt from; a section that a third drops is in one of them
)
# A line is a version of a sentence from this share of its grams on, or from what only one in ten lines of
# other groups' texts reaches by chance: .25 where people write, .4 in a grammar with 16 words a slot.
LEAST_SHARE = 0.3
CHANCE = 0.9
SAMPLED = 64  # groups that chance is measured on, each with the next
STEPS = 20  # of chance in 1: it moves with every text, and what rests on it should seldom be made again
STANDING = np.uint64(8)  # what parts are asked about


@dataclass(frozen=True)
class Asked:
    """Units and the groups whose stories they are compared with: their own, and a stitched page's parents."""

    unit: Numbers
    cluster: Numbers


def line_standings(seen: Seen, asked: Asked, told: Tellers) -> Bits:
    """For each line whether several stories of its group tell its sentence; `seen` whole."""
    texts = seen.texts
    shared = np.zeros(len(texts.lines.ids), np.bool_)
    if not len(texts):
        return shared
    least_share = max(LEAST_SHARE, chance_share(texts, asked.cluster[: len(texts)]))
    order = np.lexsort((told.story[asked.unit], asked.cluster))
    firsts = np.flatnonzero(np.diff(asked.cluster[order], prepend=-1))
    groups = Ragged(np.append(firsts, len(order)), asked.unit[order])
    ends = np.cumsum(np.append(0, np.diff(texts.lines.texts)[groups.values]))
    part = Ragged(ends[groups.starts], np.zeros(ends[-1], np.bool_))
    faces = _part_faces(seen.faces, groups, told, np.float64(least_share).view(np.uint64))
    known = seen.remembered.recall_parts(faces, part)
    sentences = no_sentences(_most_learnt(texts.lines, groups, told))
    _share(texts.lines, groups, told, (least_share, known, sentences), part)
    seen.remembered.hold_parts(faces, part, known)
    _mark_lines(texts.lines, groups.values, part.values, shared)
    return shared


@compiled
def _mark_lines(lines: Lines, units: Numbers, found: Bits, shared: Bits) -> None:
    """What was found of the lines of these units, one unit after the other, into `shared`."""
    at = 0
    for unit in units:
        for line in range(lines.texts[unit], lines.texts[unit + 1]):
            shared[line] |= found[at]
            at += 1


@compiled
def _part_faces(faces: Faces, groups: Ragged, told: Tellers, least_share: np.uint64) -> Faces:
    """All that is asked of a group: its texts, and who of these tells the same, whatever its number."""
    found = np.empty(len(groups.starts) - 1, np.uint64)
    for group in range(len(found)):
        units = list_of(groups, group)
        held = np.empty(2 * len(units) + 1, np.uint64)
        held[0] = least_share
        told_before = 0
        for at in range(len(units)):
            story = told.story[units[at]]
            told_before += at > 0 and story != told.story[units[at - 1]]
            held[2 * at + 1] = faces[units[at]]
            held[2 * at + 2] = told_before * 4 + (story >= 0) * 2 + (told.tellers[units[at]] > 1)
        found[group] = face_of(STANDING, held)
    return found


def chance_share(texts: Texts, cluster: Numbers) -> float:
    """Share of a line's grams that stand in one sentence of an unrelated text, in nine lines of ten less."""
    founders = np.unique(cluster)[:SAMPLED]  # numbered by digest: a sample that new texts change little
    if len(founders) < 2:
        return 0.0
    known = no_sentences(int(np.diff(texts.lines.texts)[founders].max()))
    found = [
        _chances(texts.lines, known, one, other)
        for one, other in zip(founders, np.roll(founders, 1), strict=True)
    ]
    shares = np.concatenate(found)
    return float(np.ceil(np.quantile(shares, CHANCE) * STEPS)) / STEPS if len(shares) else 0.0


@compiled
def _chances(lines: Lines, known: Sentences, one: int, other: int) -> NDArray[np.float64]:
    """Of each line of the other text the share of its grams in the one sentence that has most; `known` is
    empty, before and after."""
    learnt = np.array([one])
    learn_texts(known, lines, learnt, LINE_SHARE)
    first, end = lines.texts[other], lines.texts[other + 1]
    found, filled = np.zeros(end - first), 0
    for line in range(first, end):
        places = line_grams(lines, line)
        if len(places) >= LINE_GRAMS:
            _, held = best_sentence(known, places)
            found[filled] = held / len(places)
            filled += 1
    forget_texts(known, lines, learnt)
    return found[:filled]


@compiled
def _share(
    lines: Lines, groups: Ragged, told: Tellers, asked: tuple[float, Bits, Sentences], part: Ragged
) -> None:
    """Group after group, each in the order of its stories: marks the lines whose sentences several tell."""
    least_share, remembered, known = asked
    for group in range(len(groups.starts) - 1):
        units = list_of(groups, group)
        learnt = _learnt(units, told)
        if len(learnt) and not remembered[group]:
            count = learn_texts(known, lines, learnt, least_share)
            _mark_shared(lines, units, told, (known, count, least_share), list_of(part, group))
            forget_texts(known, lines, learnt)


@inner
def _learnt(units: Numbers, told: Tellers) -> Numbers:
    """The first unit of each story, of many stories some; none where one story speaks."""
    found, filled, tellers, before = np.empty(len(units), np.int64), 0, 0, -1
    for unit in units:
        if told.story[unit] >= 0 and told.story[unit] != before:
            found[filled] = unit
            filled += 1
            tellers += told.tellers[unit]
            before = told.story[unit]
    step = max(1, -(-filled // LEARNT))
    chosen = -(-filled // step) if tellers > 1 else 0
    for at in range(chosen):
        found[at] = found[at * step]
    return found[:chosen]


@compiled
def _most_learnt(lines: Lines, groups: Ragged, told: Tellers) -> int:
    """At most so many sentences does one group teach."""
    most = 0
    for group in range(len(groups.starts) - 1):
        most = max(most, _n_lines(lines, _learnt(list_of(groups, group), told)))
    return most


@inner
def _n_lines(lines: Lines, units: Numbers) -> int:
    count = 0
    for unit in units:
        count += lines.texts[unit + 1] - lines.texts[unit]
    return count


@inner
def _mark_shared(
    lines: Lines,
    units: Numbers,
    told: Tellers,
    known: tuple[Sentences, int, float],
    shared: NDArray[np.bool_],
) -> None:
    """Stories come one after the other, so that another one is another than the one before."""
    sentences, count, least_share = known
    several, last = np.zeros(count + 1, np.bool_), np.full(count + 1, -1, np.int64)
    found = np.empty(_n_lines(lines, units), np.int32)
    at = 0
    for unit in units:
        for line in range(lines.texts[unit], lines.texts[unit + 1]):
            sentence = version_of(sentences, line_grams(lines, line), least_share)
            found[at] = sentence
            at += 1
            if sentence and told.story[unit] >= 0:
                other = last[sentence] >= 0 and last[sentence] != told.story[unit]
                several[sentence] |= other or told.tellers[unit] > 1
                last[sentence] = told.story[unit]
    for at in range(len(found)):
        shared[at] = several[found[at]]
