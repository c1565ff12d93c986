"""Ids that stand in a page's source only: of analytics, of adverts, of chats, of registers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import ahocorasick_rs


class Seen(NamedTuple):
    """A contact, registration or analytics id, before it is hashed."""

    kind: str
    value: str


class _Id(NamedTuple):
    """`signs`: every match of the pattern holds one of them."""

    provider: str
    signs: tuple[str, ...]
    pattern: re.Pattern[str]


OWN_KINDS = ("qq", "police")  # in a page's source they mean what they mean in its text
# Plain text first, what stands before it second: a search goes from one `G-` to the next.
GTAG = (
    r"(G-(?:(?<=gtag/js\?id=G-)|(?<=['\"]config['\"],['\"]G-)|(?<=['\"]config['\"], ['\"]G-))"
    r"[A-Z0-9]{6,12})\b"
)
SOURCE_IDS = (
    _Id("baidu", ("hm.baidu.com/",), re.compile(r"hm\.baidu\.com/(?:hm\.js|h\.js)?\?([0-9a-f]{32})")),
    # The account, not its property. UA-Compatible is in the head of many a page.
    _Id(
        "google", tuple(f"UA-{d}" for d in range(10)), re.compile(r"(UA-(?<=\bUA-)[0-9]{4,10})-[0-9]{1,4}\b")
    ),
    _Id("google", ("id=G-", "'G-", '"G-'), re.compile(GTAG)),
    _Id("google", ("GTM-",), re.compile(r"(GTM-(?<=\bGTM-)[A-Z0-9]{4,10})\b")),
    _Id("adsense", ("ca-pub-",), re.compile(r"ca-(pub-[0-9]{10,20})\b")),  # who is paid for a site's adverts
    _Id("cnzz", ("cnzz.com/",), re.compile(r"cnzz\.com/[^\s\"'<>]{0,60}[?&](?:web_)?id=([0-9]{5,12})")),
    _Id("51la", ("users.51.la/",), re.compile(r"users\.51\.la/([0-9]{5,12})\.js")),
    _Id("51la", ("LA.init(",), re.compile(r"LA\.init\(\{\s?id: ?['\"]([A-Za-z0-9]{8,32})['\"]")),
    _Id("police", ("recordcode=",), re.compile(r"recordcode=(?<=[?&;]recordcode=)([0-9]{10,16})\b")),
    _Id("qq", ("wpa.qq.com/",), re.compile(r"wpa\.qq\.com/[^\s\"'<>]{0,60}[?&;]uin=([1-9][0-9]{4,10})")),
)


def seen_in_source(source: str) -> Iterator[Seen]:
    """What stands in the source only: analytics ids, chat links, links to a register.

    Left alone: ids as tutorials print them (G-XXXXXXXXXX, 000…), which are nobody's.
    """
    for provider, pattern in _may_stand_in(source):
        for match in pattern.finditer(source):
            value = match[1]
            if len(set(value.rpartition("-")[2])) == 1:
                continue
            yield Seen(provider, value) if provider in OWN_KINDS else Seen("analytics", f"{provider}:{value}")


def _may_stand_in(source: str) -> list[tuple[str, re.Pattern[str]]]:
    """The ids of which a sign is there, in their order."""
    found = _signs().find_matches_as_indexes(source.encode("utf-8", "ignore"))
    held = {_OF_SIGN[sign] for sign, _, _ in found}
    return [(one.provider, one.pattern) for place, one in enumerate(SOURCE_IDS) if place in held]


# Which id a sign is of, in the order of the signs. No sign ends as another begins: none hides another.
_OF_SIGN = [place for place, one in enumerate(SOURCE_IDS) for _ in one.signs]


@cache
def _signs() -> ahocorasick_rs.BytesAhoCorasick:
    """All signs in one pass over the bytes, a thirtieth of the time of a search for each.

    Only a search for what begins leftmost takes blocks of bytes at once.
    """
    signs = [sign.encode() for one in SOURCE_IDS for sign in one.signs]
    return ahocorasick_rs.BytesAhoCorasick(signs, matchkind=ahocorasick_rs.MatchKind.LeftmostFirst)
