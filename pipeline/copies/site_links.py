"""How surely two sites belong together, by what both show and by what speaks against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from pipeline.copies.alike_sites import alike_sites
from pipeline.copies.site_prints import CONTACTS, REGISTERED, Key, Shown
from pipeline.marks import ACCOUNTS

# How much a kind says by itself: judgement, not measurement. A registration is checked by an authority; a
# telephone or mailbox has one owner; a company is only named, and agencies keep accounts for many.
WEIGHTS = {
    "icp": 0.95, "credit-code": 0.95, "police": 0.9, "licence": 0.9, "phone": 0.8, "email": 0.8,
    "qq": 0.75, "wechat": 0.75, "company": 0.6, "analytics": 0.6,
    **dict.fromkeys(ACCOUNTS, 0.75),
}  # fmt: skip
TEXT_WEIGHT = 0.7  # in the text, not in the site's furniture
OTHER_REGISTRANT = (
    0.75  # both are registered, under nothing in common: the rest says less, an account too little
)
OTHER_CONTACT = 0.85  # each has a number of its own besides
TEXTS_WEIGHT = 0.6  # the same rare texts and notices, and nothing that speaks against it
LINK = 0.5  # one contact, in the frame or in most texts, unless something speaks against it
MANY_SITES = {"analytics": 4}  # from here on sites must have more in common than the one fingerprint
MANY = 10  # of any other kind
TEXTS: Key = ("texts", 0)


@dataclass(frozen=True, slots=True)
class Link:
    """How surely two sites belong together, and by what."""

    weight: float
    left: str
    right: str
    keys: frozenset[Key]


def surest_first(link: Link) -> tuple[float, str, str]:
    """For sorting: no order of the links decides anything."""
    return (-link.weight, link.left, link.right)


@dataclass(frozen=True)
class SiteLinks:
    """What sites show, without what is others'."""

    shown: Shown
    others: frozenset[Key]

    def links(self) -> Iterator[Link]:
        """Pairs whose shared fingerprints, each kind taken once and as independent, say enough."""
        common: dict[tuple[str, str], set[Key]] = defaultdict(set)
        for key, sites in self.shown.sites_of.items():
            if key[0] in WEIGHTS and key not in self.others:
                for pair in combinations(sorted(sites), 2):
                    common[pair].add(key)
        for (left, right), keys in sorted(common.items()):
            if self._is_crowd(left, right, keys):
                continue
            weight = self._weight(left, right, keys)
            if weight >= LINK:
                yield Link(weight, left, right, frozenset(keys))

    def alike(self) -> Iterator[tuple[str, str]]:
        """By texts and notices, where nothing speaks against it."""
        for left, right in alike_sites(self.shown):
            if not (self._differ(left, right, REGISTERED) or self._differ(left, right, CONTACTS)):
                yield left, right

    def _weight(self, left: str, right: str, keys: Iterable[Key]) -> float:
        surest: dict[str, float] = defaultdict(float)
        for key in keys:
            surest[key[0]] = max(surest[key[0]], self._key_weight(key, left, right))
        doubt = 1.0
        for kind in sorted(surest):
            doubt *= 1 - surest[kind]
        registrant = OTHER_REGISTRANT if self._differ(left, right, REGISTERED) else 1.0
        return (1 - doubt) * registrant * (OTHER_CONTACT if self._own_contacts(left, right) else 1.0)

    def _key_weight(self, key: Key, *sites: str) -> float:
        placed = {self.shown.sites_of[key][site].place for site in sites}
        return WEIGHTS[key[0]] * (1.0 if placed == {"furniture"} else TEXT_WEIGHT)

    def _is_crowd(self, left: str, right: str, keys: set[Key]) -> bool:
        """All that they share stands on many sites, and neither has a text of the other's."""
        few = any(len(self.shown.sites_of[key]) < MANY_SITES.get(key[0], MANY) for key in keys)
        texts = self.shown.texts_of
        return not (few or len(keys) > 1) and texts.get(left, frozenset()).isdisjoint(texts.get(right, ()))

    def _differ(self, left: str, right: str, kinds: frozenset[str]) -> bool:
        """Both have some, and none in common."""
        one, other = self._own(left, kinds), self._own(right, kinds)
        return bool(one and other and one.isdisjoint(other))

    def _own_contacts(self, left: str, right: str) -> bool:
        one, other = self._own(left, CONTACTS), self._own(right, CONTACTS)
        return bool(one - other and other - one)

    def _own(self, site: str, kinds: frozenset[str]) -> frozenset[Key]:
        return self.shown.shown_by(site, kinds) - self.others
