"""Groups of like texts without chains: leaders, then groups by profile, then what is left by containment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from pipeline.copies.shingles import Numbers, Shingles, containment, jaccard, jaccards, profile

# From findings, copies.md §2 (.984 / .978 / .995 on 20,000 / harder 20,000 / 100,000 synthetic pages), but
# for the first: findings had .5, where a page stitched from two halves is like both and leads them into one
# core. On farms that are much reworded .5 and .6 measure 1.000 and .994 to 1.000 (F1 of template pairs).
LEAST_JACCARD = 0.6
PROFILE_SHARE = 0.25
PROFILE_JACCARD = 0.3
LEAST_CONTAINMENT = 0.6

PROFILE_MEMBERS = 200  # members that a profile is made of: a share of 25 % is then right within 6 %
LEAST_SHINGLES = 40  # a shorter text is contained in too much by chance
SAMPLE = np.uint32(4)  # every 4th shingle finds candidates; what is found is then compared whole
CROWDED = 200  # groups that share a shingle that says nothing any more
BEST = 8  # candidates compared whole

Measure = Callable[[Shingles, Shingles], float]


@dataclass(frozen=True)
class Texts:
    """Sets of shingles, how many pages have each, and pairs of them that may be alike, sorted."""

    sets: Sequence[Shingles]
    pages: Sequence[int]
    lower: Numbers
    upper: Numbers

    def alike(self, least: float) -> tuple[Numbers, Numbers]:
        """The pairs whose Jaccard is at least `least`."""
        kept = jaccards(self.sets, self.lower, self.upper) >= least
        return self.lower[kept], self.upper[kept]


def cores(texts: Texts) -> list[int]:
    """For each text the number of its leader: every member is alike its leader, never only its neighbour.

    Connected components would chain (F1 .64 at 100,000 pages); leaders are the texts with most
    neighbours, ties the lower number.
    """
    neighbours: dict[int, list[int]] = defaultdict(list)
    for lower, upper in zip(*(side.tolist() for side in texts.alike(LEAST_JACCARD)), strict=True):
        neighbours[lower].append(upper)
        neighbours[upper].append(lower)
    leader = [-1] * len(texts.sets)
    for text in sorted(range(len(leader)), key=lambda text: (-len(neighbours[text]), text)):
        if leader[text] < 0:
            leader[text] = text
            for other in neighbours[text]:
                if leader[other] < 0:
                    leader[other] = text
    return leader


def merged(texts: Texts) -> list[int]:
    """For each text the number of its group.

    Cores, the largest first, join the group whose profile is most alike; a profile stays as its first core
    made it, so that nothing drifts. Texts alone (truncated, much reworded) are attached where most of them
    stands in a profile, the longest first; what is attached never attracts others.
    """
    leader = cores(texts)
    members: dict[int, list[int]] = defaultdict(list)
    for text, core in enumerate(leader):
        members[core].append(text)
    weight = {core: sum(texts.pages[text] for text in held) for core, held in members.items()}
    groups = Groups()
    group_of: dict[int, int] = {}
    for core in sorted(members, key=lambda core: (-weight[core], -len(texts.sets[core]), core)):
        own = _profile(texts, members[core])
        group_of[core] = _place(groups, own, alone=len(members[core]) == 1) or groups.add(own)
    return [group_of[core] for core in leader]


def _profile(texts: Texts, members: Sequence[int]) -> Shingles:
    held = members[:PROFILE_MEMBERS]
    return profile([texts.sets[text] for text in held], [texts.pages[text] for text in held], PROFILE_SHARE)


def _place(groups: Groups, own: Shingles, *, alone: bool) -> int:
    if not alone:
        return groups.nearest(own, jaccard, PROFILE_JACCARD)
    return groups.nearest(own, containment, LEAST_CONTAINMENT) if len(own) >= LEAST_SHINGLES else 0


@dataclass
class Groups:
    """Fixed profiles, numbered from 1, found by a sample of their shingles."""

    profiles: list[Shingles] = field(default_factory=list)
    holders: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, shingles: Shingles) -> int:
        self.profiles.append(shingles)
        for shingle in _sample(shingles):
            self.holders[shingle].append(len(self.profiles))
        return len(self.profiles)

    def nearest(self, shingles: Shingles, measure: Measure, least: float) -> int:
        """The group whose profile measures most, ties the first; 0 where none measures `least`."""
        found: Counter[int] = Counter()
        for shingle in _sample(shingles):
            holders = self.holders.get(shingle, ())
            if len(holders) <= CROWDED:
                found.update(holders)
        candidates = sorted(found, key=lambda group: (-found[group], group))[:BEST]
        measured = [(measure(shingles, self.profiles[group - 1]), -group) for group in candidates]
        best, group = max(measured, default=(0.0, 0))
        return -group if best >= least else 0


def _sample(shingles: Shingles) -> list[int]:
    sampled: list[int] = shingles[shingles % SAMPLE == 0].tolist()
    return sampled
