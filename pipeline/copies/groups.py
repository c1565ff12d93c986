"""Cores that are versions of one text, reworded and rearranged: joined to fixed profiles, never in chains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.copies.aligned import Sentences, forget_texts, learn_texts, no_sentences, version_of
from pipeline.copies.candidates import Pairs, candidates
from pipeline.copies.compiled import compiled
from pipeline.copies.cores import Cores
from pipeline.copies.hashing import Numbers
from pipeline.copies.leaders import LEAST_GRAMS
from pipeline.copies.lines import Lines, line_grams
from pipeline.copies.marked import (
    LINE_SHARE,
    SURE_SHARE,
    Marks,
    hits,
    is_like,
    mark,
    no_marks,
    unmark,
)
from pipeline.copies.ragged import list_of
from pipeline.copies.texts import Texts

# Share of a text's grams that stand in lines which the group has too. Versions of one text have .8 and more,
# with passages of their own .6; two templates by one author share a section of five: .2 to .35.
LEAST_COVERED = 0.5
SURELY_COVERED = 0.65  # while quoted law is not known for what it is: articles that are half law stay apart


class Tables(NamedTuple):
    """What texts are compared in: the grams of one, the sentences of one core. Empty between two uses."""

    marks: Marks
    known: Sentences


class Rule(NamedTuple):
    """Lines that are compared, and the share of a text that must stand in a group which it joins."""

    counted: NDArray[np.bool_]
    least: float


@dataclass(frozen=True)
class Grouping:
    """Cores, the core that founded each one's group and how much it covers, and pairs that may be alike."""

    cores: Cores
    founder: Numbers
    covered: NDArray[np.float64]
    pairs: Pairs

    def clusters(self, leader: Numbers, least: float = 0.0) -> Numbers:
        """For each text the leader of its group's first core; its own where that covers less than `least`."""
        joined = np.where(self.covered >= least, self.founder, np.arange(len(self.founder)))
        of_leader = np.zeros(len(leader), np.int64)
        of_leader[self.cores.leaders] = self.cores.leaders[joined]
        found: Numbers = of_leader[leader]
        return found


def grouped(texts: Texts, cores: Cores, rule: Rule) -> Grouping:
    """Cores in order join the group that covers most of their leader, else they found one.

    A profile stays as its first core made it, so that nothing drifts.
    """
    pairs = candidates(cores.profiles)
    tables = Tables(no_marks(), no_sentences(most_lines(texts, cores)))
    founder, covered = _joined(texts.lines, cores, pairs, rule, tables)
    return Grouping(cores, founder, covered, pairs)


def most_lines(texts: Texts, cores: Cores) -> int:
    """At most so many sentences are learnt from one core's speakers."""
    counts = np.diff(texts.text_lines)[cores.speakers.values]
    return int(np.add.reduceat(counts, cores.speakers.starts[:-1]).max(initial=0)) if len(counts) else 0


@compiled
def _joined(
    lines: Lines, cores: Cores, pairs: Pairs, rule: Rule, tables: Tables
) -> tuple[Numbers, NDArray[np.float64]]:
    """Per core the founder of its group, and how much that covers of its leader."""
    count = len(cores.leaders)
    founder, covered = np.arange(count), np.zeros(count)
    for core in range(count):
        asked = pairs.later[pairs.starts[core] : pairs.starts[core + 1]]
        if founder[core] != core or not len(asked):
            continue
        found = _covered(lines, cores, rule, tables, (core, asked))
        for at in range(len(asked)):
            if found[at] > covered[asked[at]]:
                covered[asked[at]], founder[asked[at]] = found[at], core
    return founder, covered


@compiled
def _covered(
    lines: Lines, cores: Cores, rule: Rule, tables: Tables, compared: tuple[int, Numbers]
) -> NDArray[np.float64]:
    """Per asked core the share of its leader that stands in lines which the core has too; 0: too little.

    Compared roughly with the profile, sentence by sentence where that leaves doubt; groups compete by the
    rough measure.
    """
    core, asked = compared
    profile, speakers = list_of(cores.profiles, core), list_of(cores.speakers, core)
    shares, doubted, n_doubted = np.zeros(len(asked)), np.zeros(len(asked), np.bool_), 0
    mark(tables.marks, profile)
    for at in range(len(asked)):
        rough, sure = _marked_shares(lines, rule.counted, tables.marks, cores.leaders[asked[at]])
        shares[at] = rough if rough >= rule.least else 0.0
        doubted[at] = rough >= rule.least and sure < rule.least
        n_doubted += doubted[at]
    unmark(tables.marks, profile)
    if n_doubted:
        learn_texts(tables.known, lines, speakers, LINE_SHARE)
        for at in range(len(asked)):
            text = cores.leaders[asked[at]]
            if doubted[at] and _known_share(lines, rule.counted, tables.known, text) < rule.least:
                shares[at] = 0.0
        forget_texts(tables.known, lines, speakers)
    return shares


@compiled
def _marked_shares(lines: Lines, counted: NDArray[np.bool_], marks: Marks, text: int) -> tuple[float, float]:
    """Shares of a text in lines that are marked roughly and surely; 0 of a text that is too short."""
    total = rough = sure = 0
    for line in range(lines.texts[text], lines.texts[text + 1]):
        places = line_grams(lines, line)
        if counted[line] and len(places):
            total += len(places)
            found = hits(marks, places)
            if is_like(found, len(places), LINE_SHARE):
                rough += len(places)
            if found >= SURE_SHARE * len(places):
                sure += len(places)
    if total < LEAST_GRAMS:
        return 0.0, 0.0
    return rough / total, sure / total


@compiled
def _known_share(lines: Lines, counted: NDArray[np.bool_], known: Sentences, text: int) -> float:
    """Share of a text in lines that are versions of known sentences."""
    total = held = 0
    for line in range(lines.texts[text], lines.texts[text + 1]):
        places = line_grams(lines, line)
        if counted[line] and len(places):
            total += len(places)
            if version_of(known, places, LINE_SHARE):
                held += len(places)
    return held / max(1, total)
