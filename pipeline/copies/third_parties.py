"""Fingerprints on sites of several owners: an advertiser's, a franchise's, a vendor's, a host's."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pipeline.copies.site_prints import CONTACTS, REGISTERED, Key, Shown

# Judgement, not measurement. One owner may register each site under another name, or give each another
# number; where four parties have a number of their own beside the shared one, that is somebody else's.
STRANGERS = 4
REGISTRANTS = 8  # parties known only by their registration or mailbox
NARROW = 0.5  # what ties some of the sites together stands on at most so many of them
IDENTITY = CONTACTS | REGISTERED | {"email", "licence", "company"}


def third_parties(shown: Shown) -> frozenset[Key]:
    """Left alone, as the owner's: what three sites share, and an ICP number under which each site has its own
    serial (-1, -2): hosts give the sites on them one and the same.
    """
    return frozenset(key for key in shown.sites_of if _is_third_partys(key, shown))


def _is_third_partys(key: Key, shown: Shown) -> bool:
    sites = shown.sites_of[key]
    if len(sites) < STRANGERS or (key[0] == "icp" and _has_own_serials(key, shown)):
        return False
    own = {site: _own(key, site, shown) for site in sites}
    parties = [[own[site] for site in party] for party in _parties(own)]
    strangers = CONTACTS | REGISTERED if key[0] == "analytics" else CONTACTS
    known = sum(_known_by(party, strangers) for party in parties)
    return known >= STRANGERS or sum(_known_by(party, IDENTITY) for party in parties) >= REGISTRANTS


def _own(key: Key, site: str, shown: Shown) -> frozenset[Key]:
    """What the site shows beside `key` and shares with few of those that show that, too."""
    most = NARROW * len(shown.sites_of[key])
    return frozenset(one for one in shown.prints_of[site] if one != key and len(shown.sites_of[one]) <= most)


def _parties(own: dict[str, frozenset[Key]]) -> list[list[str]]:
    """Sites that have something of their own in common."""
    parties: list[tuple[set[Key], list[str]]] = []
    for site, keys in sorted(own.items()):
        said = {key for key in keys if key[0] != "notice"}
        same = [party for party in parties if not party[0].isdisjoint(said)]
        parties = [party for party in parties if party[0].isdisjoint(said)]
        parties.append(
            (said.union(*(held for held, _ in same)), [site, *(s for _, sites in same for s in sites)])
        )
    return [sites for _, sites in parties]


def _known_by(party: Iterable[frozenset[Key]], kinds: Collection[str]) -> bool:
    return any(kind in kinds for keys in party for kind, _ in keys)


def _has_own_serials(key: Key, shown: Shown) -> bool:
    sites = shown.sites_of[key]
    serials = [shown.shown_by(site, frozenset(["icp-serial"])) for site in sites]
    alone = all(shown.shown_by(site, frozenset(["icp"])) == {key} for site in sites)
    shared = any(len(shown.sites_of[one]) > NARROW * len(sites) for held in serials for one in held)
    return alone and not shared and sum(map(bool, serials)) >= NARROW * len(sites)
