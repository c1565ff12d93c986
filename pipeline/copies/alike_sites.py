"""Sites with one set of texts and one set of notices that hardly anybody else has: the work of one hand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TypeVar

from pipeline.copies.site_prints import Key, Shown

# Judgement, not measurement: farms copy each other, and themes bring notices of their own. Only both
# together, and rare among many sites, say something.
RARE_SITES = 4  # on more, a text or notice is anybody's
LEAST_SITES = 12  # in a corpus of fewer everything is rare
LEAST_TEXTS = 8
TEXTS_SHARE = 0.6  # of all that either has
LEAST_NOTICES = 2
NOTICE = "notice"
T = TypeVar("T")


def alike_sites(shown: Shown) -> Iterator[tuple[str, str]]:
    """Pairs in the order of their ids.

    Left alone: a theme's notices with texts of one's own; texts copied under notices of one's own; whatever
    more than four sites have in common.
    """
    if len(shown.texts_of) < LEAST_SITES:
        return
    texts = _shared(_rare((row.cluster, row.site_id) for row in shown.texts))
    notices = _shared(
        _rare((key, site) for key, held in shown.sites_of.items() if _is_notice(key) for site in held)
    )
    for pair, common in sorted(texts.items()):
        most = max(len(shown.texts_of[site]) for site in pair)
        if common >= max(LEAST_TEXTS, TEXTS_SHARE * most) and notices[pair] >= LEAST_NOTICES:
            yield pair


def _rare(pairs: Iterable[tuple[T, str]]) -> Iterator[set[str]]:
    """Of each text or notice that stands on few sites, these."""
    found: dict[T, set[str]] = defaultdict(set)
    for what, site in pairs:
        found[what].add(site)
    return (sites for sites in found.values() if 1 < len(sites) <= RARE_SITES)


def _shared(groups: Iterable[set[str]]) -> Counter[tuple[str, str]]:
    pairs: Counter[tuple[str, str]] = Counter()
    for sites in groups:
        pairs.update(combinations(sorted(sites), 2))
    return pairs


def _is_notice(key: Key) -> bool:
    return key[0] == NOTICE
