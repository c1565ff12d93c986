"""Fingerprints on sites of several owners: an advertiser's, a franchise's, a vendor's, a host's."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pipeline.copies.site_prints import CONTACTS, REGISTERED, Key, Shown

# Judgement, not measurement. One owner may register each site under another name, or give each another
# number; where four parties have a number of their own beside the shared one, that is somebody else's.
STRANGERS = 4
REGISTRANTS = 8  # parties known only by their registration or mailbox
ASTRIDE = 2  # parties that have it on some of their sites only: an owner's number stands on all of his
LEAST_SITES = 3  # on fewer nothing can be said
NARROW = 0.5  # what ties some of the sites together stands on at most so many of them
IDENTITY = CONTACTS | REGISTERED | {"email", "licence", "company"}


def third_parties(shown: Shown) -> frozenset[Key]:
    """Damage: an advertiser's WeChat on sites of three owners makes one operator of all their sites.

    Left alone, as the owner's: what two sites share; what stands on sites registered apart without numbers of
    their own; an ICP number under which each site has its own serial (-1, -2): hosts give all the same.
    """
    return frozenset(key for key in shown.sites_of if _is_third_partys(key, shown))


def _is_third_partys(key: Key, shown: Shown) -> bool:
    sites = shown.sites_of[key]
    if len(sites) < LEAST_SITES or (key[0] == "icp" and _has_own_serials(key, shown)):
        return False
    parties = _parties({site: _own(key, site, shown, NARROW) for site in sites})
    whole = _parties({site: _own(key, site, shown, 1.0) for site in sites})
    strangers = CONTACTS | REGISTERED if key[0] == "analytics" else CONTACTS
    known = sum(_known_by(party, strangers) for party in parties)
    astride = sum(_stands_elsewhere(party, sites, shown) for party in whole)
    named = sum(_known_by(party, IDENTITY) for party in parties)
    return known >= STRANGERS or named >= REGISTRANTS or astride >= ASTRIDE


def _stands_elsewhere(party: Iterable[frozenset[Key]], sites: Collection[str], shown: Shown) -> bool:
    """The party has a site, by something of its own, that does not show the shared thing."""
    own = {key for keys in party for key in keys if key[0] != "notice"}
    return any(not shown.sites_of[key].keys() <= set(sites) for key in own)


def _own(key: Key, site: str, shown: Shown, share: float) -> frozenset[Key]:
    """What the site shows beside `key` that stands on at most this share of as many sites."""
    most = share * len(shown.sites_of[key])
    return frozenset(one for one in shown.prints_of[site] if one != key and len(shown.sites_of[one]) <= most)


def _parties(own: dict[str, frozenset[Key]]) -> list[list[frozenset[Key]]]:
    """What sites show that have something of their own in common, site by site."""
    parties: list[tuple[set[Key], list[str]]] = []
    for site, keys in sorted(own.items()):
        said = {key for key in keys if key[0] != "notice"}
        same = [party for party in parties if not party[0].isdisjoint(said)]
        parties = [party for party in parties if party[0].isdisjoint(said)]
        parties.append(
            (said.union(*(held for held, _ in same)), [site, *(s for _, sites in same for s in sites)])
        )
    return [[own[site] for site in sites] for _, sites in parties]


def _known_by(party: Iterable[frozenset[Key]], kinds: Collection[str]) -> bool:
    return any(kind in kinds for keys in party for kind, _ in keys)


def _has_own_serials(key: Key, shown: Shown) -> bool:
    sites = shown.sites_of[key]
    serials = [shown.shown_by(site, frozenset(["icp-serial"])) for site in sites]
    alone = all(shown.shown_by(site, frozenset(["icp"])) == {key} for site in sites)
    shared = any(len(shown.sites_of[one]) > NARROW * len(sites) for held in serials for one in held)
    return alone and not shared and sum(map(bool, serials)) >= NARROW * len(sites)
