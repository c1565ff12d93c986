"""Cores that are versions of one text, reworded and rearranged: joined to fixed profiles, never in chains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.copies.aligned import Aligned
from pipeline.copies.hashing import Numbers, distinct
from pipeline.copies.leaders import LEAST_GRAMS
from pipeline.copies.marked import LINE_GRAMS, LINE_SHARE, SURE_SHARE, Gathered, Marked
from pipeline.copies.minhash import EMPTY, Minima, bin_minima
from pipeline.copies.texts import PLACE_BITS, Places, Texts

PROFILE_SHARE = 0.25  # findings, copies.md §2
PROFILE_MEMBERS = 16  # texts that a profile is made of: four of them must hold a gram
FEW = 3  # of so many members the leader alone speaks: one of the others may be stitched together

# Share of a text's grams that stand in lines which the group has too. Versions of one text have .8 and more,
# with passages of their own .6; two templates by one author share a section of five: .2 to .35.
LEAST_COVERED = 0.5
SURELY_COVERED = 0.65  # while quoted law is not known for what it is: articles that are half law stay apart

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
    """

    leaders: Numbers
    speakers: Sequence[Numbers]
    weights: Numbers
    profiles: Sequence[Places]


@dataclass(frozen=True)
class Rule:
    """Lines that are compared, and the share of a text that must stand in a group which it joins."""

    counted: NDArray[np.bool_]
    least: float


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
    pairs = _candidates(cores.profiles)
    best, group = np.zeros(len(cores.leaders)), np.arange(len(cores.leaders))
    comparer = Comparer(texts, rule, Marked(texts), Aligned(texts))
    for core in range(len(cores.leaders)):
        asked = pairs.later[pairs.starts[core] : pairs.starts[core + 1]]
        if group[core] != core or not len(asked):
            continue
        covered = comparer.covered(cores, core, cores.leaders[asked])
        better = covered > best[asked]
        best[asked[better]], group[asked[better]] = covered[better], core
    return Grouping(cores, group, best, pairs)


@dataclass(frozen=True)
class Comparer:
    """Compares texts with a core: roughly with its profile, sentence by sentence where that leaves doubt."""

    texts: Texts
    rule: Rule
    marked: Marked
    aligned: Aligned

    def covered(self, cores: Cores, core: int, asked: Numbers) -> NDArray[np.float64]:
        """Per text the share that stands in lines which the core has too; 0 where it is too little."""
        gathered = Gathered.of(self.texts, asked)
        weights = gathered.weights(self.rule.counted)
        total = np.bincount(gathered.owners, weights, minlength=len(asked))
        hits = self.marked.hits(cores.profiles[core], gathered)

        def share(alike: NDArray[np.bool_]) -> NDArray[np.float64]:
            held = np.bincount(gathered.owners, weights * alike, minlength=len(asked))
            shares = held / np.maximum(1, total)
            return np.where((shares >= self.rule.least) & (total >= LEAST_GRAMS), shares, 0.0)

        rough = share(hits >= np.maximum(LINE_GRAMS, LINE_SHARE * gathered.sizes))
        sure = share(hits >= SURE_SHARE * gathered.sizes)
        doubted = np.flatnonzero((rough > 0) & (sure == 0))
        if len(doubted):
            sure[doubted] = self._sentences(cores.speakers[core], asked[doubted])
        return np.where(sure > 0, rough, 0.0)  # groups compete by one measure

    def _sentences(self, speakers: Numbers, asked: Numbers) -> NDArray[np.float64]:
        self.aligned.learn(speakers)
        found = self.aligned.versions(asked)
        self.aligned.forget()
        weights = found.gathered.weights(self.rule.counted)
        total = np.bincount(found.gathered.owners, weights, minlength=len(asked))
        known = np.bincount(found.gathered.owners, weights * (found.sentences > 0), minlength=len(asked))
        shares = known / np.maximum(1, total)
        return np.where(shares >= self.rule.least, shares, 0.0)


def cores_of(texts: Texts, leader: Numbers, pages: Numbers, counted: NDArray[np.bool_]) -> Cores:
    """Texts by leader; `pages` have each normal form, `counted` lines are compared."""
    order = np.argsort(leader, kind="stable")
    firsts = np.flatnonzero(np.diff(leader[order], prepend=-1))
    heads = leader[order][firsts]
    weights = np.add.reduceat(pages[order], firsts) if len(order) else firsts
    sizes = np.bincount(texts.line_text, np.where(counted, texts.line_sizes, 0), minlength=len(texts))
    ranked = np.lexsort((heads, -sizes[heads], -weights))
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
    return Cores(heads[ranked], speakers, weights[ranked], profiles)


def _profile(texts: Texts, leader: int, members: Numbers, kept: NDArray[np.bool_]) -> Places:
    """Grams of counted lines of the leader, and those that a quarter of many members share, two at least."""

    def grams(text: int) -> Places:
        start, end = texts.starts[text], texts.starts[text + 1]
        return distinct(texts.places[start:end][kept[start:end]])

    if len(members) <= FEW:
        return grams(leader)
    held = [grams(text) for text in members[:: -(-len(members) // PROFILE_MEMBERS)]]
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
