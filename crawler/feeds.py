"""Sitemaps, RSS and Atom: which addresses they list. Entities and references outside are never resolved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from lxml import etree

ROOTS = (b"<urlset", b"<sitemapindex", b"<rss", b"<feed", b"<rdf:rdf")
LEAST_SHARED = 5  # entries with one date: of fewer it may be true
CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Listed:
    """Addresses as given; those of an index are sitemaps themselves."""

    is_index: bool
    urls: tuple[str, ...]
    modified: Mapping[str, datetime] = field(default_factory=dict)  # address → when, as a sitemap says


def listed(payload: bytes) -> Listed | None:
    """None where the payload is no sitemap or feed; a broken one is read as far as it goes."""
    head = payload[:1000].lower()
    if not any(mark in head for mark in ROOTS):
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(payload, parser)
    except etree.XMLSyntaxError:
        return Listed(False, ())
    if root is None:
        return Listed(False, ())
    return Listed(_local(root) == "sitemapindex", tuple(_urls(root)), _modified(root))


def _urls(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        match _local(element):
            case "loc" if _local(element.getparent()) in ("url", "sitemap"):
                yield (element.text or "").strip()
            case "link" if _local(element.getparent()) in ("item", "entry"):
                if element.get("rel", "alternate") == "alternate":
                    yield (element.get("href") or element.text or "").strip()


def _modified(root: etree._Element) -> dict[str, datetime]:
    """ISO 8601 only. Left alone: dates that most entries share, which say when the sitemap was written."""
    said: dict[str, datetime] = {}
    for entry in root.iter("{*}url"):
        texts = {_local(child): (child.text or "").strip() for child in entry}
        with suppress(ValueError):
            moment = datetime.fromisoformat(texts.get("lastmod", ""))
            said[texts.get("loc", "")] = moment if moment.tzinfo else moment.replace(tzinfo=CHINA)
    ((_, most),) = Counter(said.values()).most_common(1) or ((None, 0),)
    return {} if most >= LEAST_SHARED and most > len(said) / 2 else said


def _local(element: etree._Element | None) -> str:
    """Tag without its namespace; "" for comments and the like."""
    tag = element.tag if element is not None else ""
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
