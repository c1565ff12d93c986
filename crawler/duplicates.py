"""Which addresses are one page: http and https, www. and m., a slash at the end, a parameter more. Pure.

Two addresses are joined only if the page says so itself (rel=canonical) or they differ in nothing but such
spelling, and only if the same text came from both: a wrong canonical link, as themes have it, joins nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

MOBILE = re.compile(r"^(?:www|m|wap|mobile|3g)\.(?=[^.]+\.)")
MAX_ALIKE = 16  # addresses of one path that are compared with each other
INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """A URL with a payload, and what it was seen to say."""

    url: str
    site_id: str
    page_key: str
    canonical: str | None  # that the page itself names
    payload_sha256: str
    prose_sha256: str | None
    is_live: bool


def bare_host(host: str) -> str:
    """Without `www.` or `m.`: these are doors to one site.

    >>> bare_host("m.example.com"), bare_host("m.com")
    ('example.com', 'm.com')
    """
    return MOBILE.sub("", host)


def page_key(url: str) -> str:
    """The address without what servers ignore; its query stands behind a `?`.

    >>> page_key("https://m.example.com/a/1.html/") == page_key("http://www.example.com/a/1.html")
    True
    >>> page_key("http://example.com/a/1.html") == page_key("http://example.com/a/2.html")
    False
    """
    parts = urlsplit(url)
    host = bare_host(parts.netloc.lower())
    path = INDEX.sub("/", parts.path).rstrip("/") or "/"
    return f"{host}{path}?{parts.query}" if parts.query else f"{host}{path}"


def duplicates(addresses: Iterable[Address]) -> dict[str, str]:
    """URL → the address under which its page is kept. Nothing leads to a URL that is a duplicate itself."""
    known = {address.url: address for address in addresses}
    heads: dict[str, str] = {}
    for one, other in _same(known):
        first, second = _head(heads, one), _head(heads, other)
        if first != second:
            heads[max(first, second)] = min(first, second)
    groups: defaultdict[str, list[Address]] = defaultdict(list)
    for url, address in known.items():
        groups[_head(heads, url)].append(address)
    return {
        address.url: kept
        for group in groups.values()
        if len(group) > 1 and (kept := _kept(group))
        for address in group
        if address.url != kept
    }


def _same(known: Mapping[str, Address]) -> Iterator[tuple[str, str]]:
    """Pairs of addresses of one page: named by one of them, or spelt alike."""
    spelt: defaultdict[tuple[str, str], list[Address]] = defaultdict(list)
    for url, address in sorted(known.items()):
        named = known.get(address.canonical or "")
        if named is not None and named.site_id == address.site_id and _says_the_same(address, named):
            yield url, named.url
        alike = spelt[address.site_id, address.page_key.partition("?")[0]]
        yield from ((url, other.url) for other in alike if _is_spelling(address, other))
        if len(alike) < MAX_ALIKE:
            alike.append(address)


def _is_spelling(one: Address, other: Address) -> bool:
    """The same but for what servers ignore; with a parameter more (?from=list) the same bytes are asked for.

    Left alone: ?id=1 and ?id=2, even with the same bytes: two entries of one text.
    """
    if one.page_key == other.page_key:
        return _says_the_same(one, other)
    first, second = (set(address.page_key.partition("?")[2].split("&")) - {""} for address in (one, other))
    return one.payload_sha256 == other.payload_sha256 and (first < second or second < first)


def _says_the_same(one: Address, other: Address) -> bool:
    prose = one.prose_sha256 is not None and one.prose_sha256 == other.prose_sha256
    return prose or one.payload_sha256 == other.payload_sha256


def _kept(group: list[Address]) -> str:
    """A live one, as most of them name it; then https, a host of its own, the shorter address."""
    named = Counter(address.canonical for address in group if address.canonical)
    return min(group, key=lambda a: (not a.is_live, -named[a.url], *_dress(a.url))).url


def _dress(url: str) -> tuple[bool, bool, int, str]:
    parts = urlsplit(url)
    mobile = MOBILE.match(parts.netloc)
    return parts.scheme != "https", mobile is not None and mobile[0] != "www.", len(url), url


def _head(heads: dict[str, str], url: str) -> str:
    while url in heads:
        url = heads[url]
    return url
