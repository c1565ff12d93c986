"""Cores that are versions of one text, reworded and rearranged: joined to fixed profiles, never in chains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import compiled, inner
from pipeline.copies.aligned import Sentences, forget_texts, learn_texts, no_sentences, version_of
from pipeline.copies.candidates import Pairs, candidates
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
    is_passage,
    mark,
    no_marks,
    unmark,
)
from pipeline.copies.ragged import Ragged, list_of
from pipeline.copies.remembered import Asking, Faces, faces_of, take_known
from pipeline.copies.seen import Seen
from pipeline.copies.texts import Texts

# Share of a text's grams that stand in lines which the group has too. Versions of one text have .8 and more,
# with passages of their own .6; two templates by one author share a section of five: .2 to .35.
LEAST_COVERED = 0.5
SURELY_COVERED = 0.65  # while quoted law is not known for what it is: articles that are half law stay apart
LOOSELY_COVERED = 0.4  # the least that two templates by one author do not reach
COVERED = np.uint64(6)  # the question; what it is asked within changes the answer


class Tables(NamedTuple):
    """What texts are compared in: the grams of one, the sentences of one core. Empty between two uses."""

    marks: Marks
    known: Sentences


class Rule(NamedTuple):
    """Shares of a text that must stand in a group which it joins; asked about from `least` to `most`."""

    least: float
    most: float


class Compared(NamedTuple):
    """What is compared, for compiled code: counted lines, and cores."""

    lines: Lines
    counted: NDArray[np.bool_]
    cores: Cores
    rule: Rule


@dataclass(frozen=True)
class Likely:
    """Cores, pairs of them that may be alike, and what is known of these; `rule`: what is asked."""

    seen: Seen
    cores: Cores
    pairs: Pairs
    rule: Rule
    asking: Asking

    @classmethod
    def of(cls, seen: Seen, cores: Cores, rule: Rule) -> Likely:
        pairs = candidates(cores.profiles)
        return cls(seen, cores, pairs, rule, seen.remembered.recall(*_asked(seen, cores, pairs, rule)))

    def hold(self) -> None:
        """For the next build."""
        self.seen.remembered.hold(*_asked(self.seen, self.cores, self.pairs, self.rule), self.asking)


def _asked(seen: Seen, cores: Cores, pairs: Pairs, rule: Rule) -> tuple[Faces, Faces]:
    """Who is compared with whom."""
    within = np.array([rule.least, rule.most]).view(np.uint64)
    lists = np.column_stack([np.tile(within, (len(cores.faces), 1)), cores.faces])
    asks = faces_of(COVERED, Ragged(np.arange(0, lists.size + 1, lists.shape[1]), lists.ravel()))
    return asks[pairs.earlier], seen.faces[cores.leaders[pairs.later]]


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


def grouped(likely: Likely, least: float) -> Grouping:
    """Cores in order join the group that covers most of their leader, else they found one.

    A profile stays as its first core made it, so that nothing drifts. `least` lies within the rule.
    """
    texts, cores = likely.seen.texts, likely.cores
    tables = Tables(no_marks(), no_sentences(most_lines(texts, cores)))
    compared = Compared(texts.lines, likely.seen.counted, cores, likely.rule)
    founder, covered = _joined(compared, likely.pairs, tables, likely.asking, least)
    return Grouping(cores, founder, covered, likely.pairs)


def most_lines(texts: Texts, cores: Cores) -> int:
    """At most so many sentences are learnt from one core's speakers."""
    counts = np.diff(texts.lines.texts)[cores.speakers.values]
    return int(np.add.reduceat(counts, cores.speakers.starts[:-1]).max(initial=0)) if len(counts) else 0


@compiled
def _joined(
    compared: Compared, pairs: Pairs, tables: Tables, asking: Asking, least: float
) -> tuple[Numbers, NDArray[np.float64]]:
    """Per core the founder of its group, and how much that covers of its leader."""
    count = len(compared.cores.leaders)
    founder, covered = np.arange(count), np.zeros(count)
    for core in range(count):
        if founder[core] != core or pairs.starts[core] == pairs.starts[core + 1]:
            continue
        _cover(compared, pairs, tables, asking, core)
        for pair in range(pairs.starts[core], pairs.starts[core + 1]):
            rough, known = asking.asked[pair, 0], asking.asked[pair, 1]
            later = pairs.later[pair]
            if rough >= least and known >= least and rough > covered[later]:  # groups compete by one measure
                covered[later], founder[later] = rough, core
    return founder, covered


@inner
def _cover(compared: Compared, pairs: Pairs, tables: Tables, asking: Asking, core: int) -> None:
    """Of each later core's leader the shares that stand in lines which the core has too, roughly and surely.

    Compared with the profile, and sentence by sentence where that leaves doubt within the rule.
    """
    lines, counted, cores, rule = compared
    first, end = pairs.starts[core], pairs.starts[core + 1]
    if not take_known(asking, first, end):
        return
    profile, speakers = list_of(cores.profiles, core), list_of(cores.speakers, core)
    doubted, n_doubted = np.zeros(end - first, np.bool_), 0
    mark(tables.marks, profile)
    for pair in range(first, end):
        if np.isnan(asking.asked[pair, 0]):
            rough, sure = _marked_shares(lines, counted, tables.marks, cores.leaders[pairs.later[pair]])
            asking.asked[pair, 0], asking.asked[pair, 1] = rough, sure
            doubted[pair - first] = rough >= rule.least and sure < rule.most
            n_doubted += doubted[pair - first]
    unmark(tables.marks, profile)
    if n_doubted:
        learn_texts(tables.known, lines, speakers, LINE_SHARE)
        for pair in range(first, end):
            if doubted[pair - first]:
                share = _known_share(lines, counted, tables.known, cores.leaders[pairs.later[pair]])
                asking.asked[pair, 1] = max(asking.asked[pair, 1], share)
        forget_texts(tables.known, lines, speakers)


@inner
def _marked_shares(lines: Lines, counted: NDArray[np.bool_], marks: Marks, text: int) -> tuple[float, float]:
    """Shares of a text in lines that are marked roughly and surely.

    0 of a text that is too short, or that shares a passage which names nobody, while it names a platform.
    """
    total = rough = sure = names = shared_names = 0
    for line in range(lines.texts[text], lines.texts[text + 1]):
        places = line_grams(lines, line)
        if counted[lines.ids[line]] and len(places):
            total += len(places)
            names += lines.named[lines.ids[line]]
            found = hits(marks, places)
            if is_like(found, len(places), LINE_SHARE):
                rough += len(places)
                shared_names += lines.named[lines.ids[line]]
            if found >= SURE_SHARE * len(places):
                sure += len(places)
    if total < LEAST_GRAMS or is_passage(names, shared_names, rough / total):
        return 0.0, 0.0
    return rough / total, sure / total


@inner
def _known_share(lines: Lines, counted: NDArray[np.bool_], known: Sentences, text: int) -> float:
    """Share of a text in lines that are versions of known sentences."""
    total = held = 0
    for line in range(lines.texts[text], lines.texts[text + 1]):
        places = line_grams(lines, line)
        if counted[lines.ids[line]] and len(places):
            total += len(places)
            if version_of(known, places, LINE_SHARE):
                held += len(places)
    return held / max(1, total)
