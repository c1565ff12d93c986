"""Groups of sites, grown link by link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from pipeline.copies.site_links import Link, surest_first
from pipeline.copies.site_prints import Key


@dataclass
class Group:
    """Sites that were joined so far, by what, and the weakest link among them."""

    sites: set[str]
    keys: set[Key]
    weakest: float = 1.0


@dataclass(frozen=True)
class Groups:
    """The group of each site that a link names."""

    of: dict[str, Group]

    def join(self, link: Link) -> None:
        left, right = self._group(link.left), self._group(link.right)
        if left is not right:
            left.sites |= right.sites
            left.keys |= right.keys
            left.weakest = min(left.weakest, right.weakest, link.weight)
            self.of.update(dict.fromkeys(right.sites, left))
        left.keys |= link.keys

    def complete(self, links: Iterable[Link]) -> Iterator[Link]:
        """Those links by which a whole group may join another: each side's parts are alike each other."""
        pairs = {frozenset((link.left, link.right)) for link in links}
        named = [frozenset(self._group(site).sites) for pair in pairs for site in pair]
        parts = {site: part for part in named for site in part}
        for link in sorted(links, key=surest_first):
            left, right = self._group(link.left), self._group(link.right)
            sides = ({parts[site] for site in side.sites} for side in (left, right))
            if left is right or all(_are_alike(one, other, pairs) for one, other in product(*sides)):
                yield link

    def found(self) -> list[Group]:
        unique = {id(group): group for group in self.of.values() if len(group.sites) > 1}
        return sorted(unique.values(), key=lambda group: min(group.sites))

    def _group(self, site: str) -> Group:
        return self.of.setdefault(site, Group({site}, set()))


def _are_alike(one: Iterable[str], other: Iterable[str], pairs: set[frozenset[str]]) -> bool:
    return any(frozenset(pair) in pairs for pair in product(one, other))
