"""Cores that are versions of one text, reworded and rearranged: joined to fixed profiles, never in chains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.copies.aligned import Aligned
from pipeline.copies.hashing import Numbers, distinct
from pipeline.copies.leaders import LEAST_GRAMS
from pipeline.copies.marked import LINE_GRAMS, LINE_SHARE, SURE_SHARE, Gathered, Marked
from pipeline.copies.minhash import EMPTY, Minima, bin_minima
from pipeline.copies.remembered import Faces, Figures, face_of
from pipeline.copies.seen import Seen
from pipeline.copies.texts import PLACE_BITS, Places, Texts

PROFILE_SHARE = 0.25  # findings, copies.md §2
PROFILE_MEMBERS = 16  # texts that a profile is made of: four of them must hold a gram
FEW = 3  # of so many members the leader alone speaks: one of the others may be stitched together

# Share of a text's grams that stand in lines which the group has too. Versions of one text have .8 and more,
# with passages of their own .6; two templates by one author share a section of five: .2 to .35.
LEAST_COVERED = 0.5
SURELY_COVERED = 0.65  # while quoted law is not known for what it is: articles that are half law stay apart
LOOSELY_COVERED = 0.4  # the least that two templates by one author do not reach

SAMPLED = 64  # bins of a profile's MinHash; a Jaccard of .2 shares 13 of them, a chance pair 1 to 5
LEAST_SHARED = 6
CROWDED = 100  # cores that share a bin's value and are all compared
STARS = 4  # where more share it, those that each is compared with
TOGETHER = 1024  # profiles at a time
NOTHING = np.empty((0, SAMPLED), np.uint32)
SPREAD = np.uint32(0x9E3779B1)


@dataclass(frozen=True)
class Cores:
    """Texts by leader, in the order in which they found groups: the most pages first, then the longest.

    `speakers`: the leader, and of many members some others, from which a core's sentences are learnt.
    `faces` stand for all that a comparison sees of a core: the texts of its profile and its speakers.
    """

    leaders: Numbers
    speakers: Sequence[Numbers]
    weights: Numbers
    profiles: Sequence[Places]
    faces: Faces

    @cached_property
    def pairs(self) -> Pairs:
        """Cores whose profiles may be alike."""
        return _candidates(self.profiles)


@dataclass(frozen=True)
class Rule:
    """Shares of a text that must stand in a group which it joins; asked about from `least` to `most`."""

    least: float
    most: float

    def joins(self, figures: Figures, least: float) -> NDArray[np.float64]:
        """Shares by the one measure in which groups compete; 0 where a text does not belong."""
        rough, known = figures.T
        return np.where((rough >= least) & (known >= least), rough, 0.0)


@dataclass(frozen=True)
class Pairs:
    """Pairs of cores by the earlier one, and how many bins of their profiles' MinHash agree."""

    starts: Numbers
    later: Numbers
    shared: Numbers

    @property
    def earlier(self) -> Numbers:
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


@dataclass(frozen=True)
class Grouping:
    """Cores, the core that founded each one's group, and how much it covers."""

    cores: Cores
    founder: Numbers
    covered: NDArray[np.float64]

    def clusters(self, leader: Numbers, least: float = 0.0) -> Numbers:
        """For each text the leader of its group's first core; its own where that covers less than `least`."""
        joined = np.where(self.covered >= least, self.founder, np.arange(len(self.founder)))
        of_leader = np.zeros(len(leader), np.int64)
        of_leader[self.cores.leaders] = self.cores.leaders[joined]
        found: Numbers = of_leader[leader]
        return found


def grouped(seen: Seen, cores: Cores, rule: Rule, least: float) -> Grouping:
    """Cores in order join the group that covers most of their leader, else they found one.

    A profile stays as its first core made it, so that nothing drifts. `least` lies within the rule.
    """
    pairs = cores.pairs
    best, group = np.zeros(len(cores.leaders)), np.arange(len(cores.leaders))
    comparer = Comparer.of(seen)
    for core in range(len(cores.leaders)):
        asked = pairs.later[pairs.starts[core] : pairs.starts[core + 1]]
        if group[core] != core or not len(asked):
            continue
        covered = rule.joins(comparer.remembered(cores, core, cores.leaders[asked], rule), least)
        better = covered > best[asked]
        best[asked[better]], group[asked[better]] = covered[better], core
    return Grouping(cores, group, best)


@dataclass(frozen=True)
class Comparer:
    """Compares texts with a core: roughly with its profile, sentence by sentence where that leaves doubt."""

    seen: Seen
    marked: Marked
    aligned: Aligned

    @classmethod
    def of(cls, seen: Seen) -> Comparer:
        return cls(seen, Marked(seen.texts), Aligned(seen.texts))

    def remembered(self, cores: Cores, core: int, asked: Numbers, rule: Rule) -> Figures:
        left = face_of(b"covered", np.array([rule.least, rule.most]), cores.faces[core : core + 1])
        return self.seen.remembered.compare(
            left, self.seen.faces[asked], lambda some: self.covered(cores, core, asked[some], rule)
        )

    def covered(self, cores: Cores, core: int, asked: Numbers, rule: Rule) -> Figures:
        """Per text the share that stands in lines which the core has too, roughly and surely."""
        gathered = Gathered.of(self.seen.texts, asked)
        weights = gathered.weights(self.seen.counted)
        total = np.bincount(gathered.owners, weights, minlength=len(asked))
        hits = self.marked.hits(cores.profiles[core], gathered)

        def share(alike: NDArray[np.bool_]) -> NDArray[np.float64]:
            held = np.bincount(gathered.owners, weights * alike, minlength=len(asked))
            return np.where(total >= LEAST_GRAMS, held / np.maximum(1, total), 0.0)

        rough = share(hits >= np.maximum(LINE_GRAMS, LINE_SHARE * gathered.sizes))
        sure = share(hits >= SURE_SHARE * gathered.sizes)
        doubted = np.flatnonzero((rough >= rule.least) & (sure < rule.most))
        if len(doubted):
            sentences = self._sentences(cores.speakers[core], asked[doubted])
            sure[doubted] = np.maximum(sure[doubted], sentences)
        return np.column_stack([rough, sure])

    def _sentences(self, speakers: Numbers, asked: Numbers) -> NDArray[np.float64]:
        self.aligned.learn(speakers)
        found = self.aligned.versions(asked)
        self.aligned.forget()
        weights = found.gathered.weights(self.seen.counted)
        total = np.bincount(found.gathered.owners, weights, minlength=len(asked))
        known = np.bincount(found.gathered.owners, weights * (found.sentences > 0), minlength=len(asked))
        shares: NDArray[np.float64] = known / np.maximum(1, total)
        return shares


def cores_of(seen: Seen, leader: Numbers, pages: Numbers) -> Cores:
    """Texts by leader; `pages` have each normal form."""
    texts, counted = seen.texts, seen.counted
    order = np.argsort(leader, kind="stable")
    firsts = np.flatnonzero(np.diff(leader[order], prepend=-1))
    heads = leader[order][firsts]
    weights = np.add.reduceat(pages[order], firsts) if len(order) else firsts
    ranked = np.lexsort((heads, -seen.sizes[heads], -weights))
    ends = np.append(firsts[1:], len(order))
    members = [order[firsts[at] : ends[at]] for at in ranked.tolist()]
    kept = np.repeat(counted, texts.line_sizes)
    speakers = [
        np.concatenate([held[:0] if len(held) <= FEW else held[:: -(-len(held) // FEW)], [leader]])[::-1]
        for leader, held in zip(heads[ranked], members, strict=True)
    ]
    profiles = [
        _profile(texts, leader, held, kept)
        for leader, held in zip(heads[ranked].tolist(), members, strict=True)
    ]
    faces = [
        face_of(seen.faces[_sample(leader, held)], seen.faces[spoken])
        for leader, held, spoken in zip(heads[ranked].tolist(), members, speakers, strict=True)
    ]
    return Cores(heads[ranked], speakers, weights[ranked], profiles, np.array(faces, np.uint64))


def _sample(leader: int, members: Numbers) -> Numbers:
    """The leader, and of many members those that a profile is made of."""
    some = members[:0] if len(members) <= FEW else members[:: -(-len(members) // PROFILE_MEMBERS)]
    return np.concatenate([[leader], some])


def _profile(texts: Texts, leader: int, members: Numbers, kept: NDArray[np.bool_]) -> Places:
    """Grams of counted lines of the leader, and those that a quarter of many members share, two at least."""

    def grams(text: int) -> Places:
        start, end = texts.starts[text], texts.starts[text + 1]
        return distinct(texts.places[start:end][kept[start:end]])

    held = [grams(text) for text in _sample(leader, members)[1:]]
    if not held:
        return grams(leader)
    values, counts = np.unique(np.concatenate(held), return_counts=True)
    return np.union1d(values[counts >= max(2.0, PROFILE_SHARE * len(held))], grams(leader))


def _candidates(profiles: Sequence[Places]) -> Pairs:
    """Cores whose profiles may be alike."""
    least = np.concatenate([_minima(held) for held in _batches(profiles)] or [NOTHING])
    core, shared = np.nonzero(least != EMPTY)
    keys = (shared.astype(np.uint64) << np.uint64(32)) | least[core, shared]
    codes, counts = np.unique(_meeting(keys, core, len(profiles)), return_counts=True)
    codes, counts = codes[counts >= LEAST_SHARED], counts[counts >= LEAST_SHARED]
    starts = np.searchsorted(codes, np.arange(len(profiles) + 1) * len(profiles))
    return Pairs(starts, codes % max(1, len(profiles)), counts)


def _batches(profiles: Sequence[Places]) -> Iterator[Sequence[Places]]:
    for start in range(0, len(profiles), TOGETHER):
        yield profiles[start : start + TOGETHER]


def _minima(profiles: Sequence[Places]) -> Minima:
    owners = np.repeat(np.arange(len(profiles)), [len(profile) for profile in profiles])
    hashes = np.concatenate(profiles) << np.uint32(32 - PLACE_BITS)
    return bin_minima(_spread(hashes), owners, len(profiles), SAMPLED)


def _spread(hashes: Places) -> Places:
    out = hashes * SPREAD
    spread: Places = (out ^ (out >> np.uint32(15))) * SPREAD
    return spread


def _meeting(keys: NDArray[np.uint64], owners: Numbers, count: int) -> Numbers:
    """Pairs of owners under one key as smaller * count + larger, as often as they meet.

    Under a crowded key each meets the first ones only: the heaviest cores, which found the groups.
    """
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    firsts = np.flatnonzero(np.diff(keys, prepend=keys[:1] + np.uint64(1)))
    counts = np.diff(np.append(firsts, len(keys)))
    crowded = np.repeat(counts > CROWDED, counts)
    place = np.arange(len(keys)) - np.repeat(firsts, counts)
    found = [np.empty(0, np.int64)]
    few, held = keys[~crowded], owners[~crowded]
    for distance in range(1, CROWDED):
        same = np.flatnonzero(few[distance:] == few[:-distance])
        if not len(same):
            break
        found.append(held[same] * count + held[same + distance])
    for star in range(STARS):
        later = np.flatnonzero(crowded & (place > star))
        found.append(owners[later - place[later] + star] * count + owners[later])
    return np.concatenate(found)
