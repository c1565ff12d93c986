"""Site definitions: `sites/<id>.toml`, data without conditions."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from crawler.definitions import (
    Check,
    DefinitionError,
    any_text,
    check,
    hours,
    number,
    one_of,
    pattern,
    read_toml,
    refuse_unknown_keys,
    selector,
    selectors,
    tables,
    true_or_false,
    web_addresses,
    whole_number,
)

Extractor = Literal["auto", "trafilatura", "layout"]
SITE_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")


@dataclass(frozen=True)
class Layout:
    """CSS selectors of one design of a site; an old design stays, because old pages stay."""

    name: str
    title: str
    body: str
    remove: tuple[str, ...] = ()


@dataclass(frozen=True)
class Site:
    """One site, as its definition says; `site_id` is the file's stem."""

    site_id: str
    start: tuple[str, ...] = ()
    name: str = ""
    article: str | None = None
    follow: str | None = None
    why: str = ""
    delay_seconds: float = 1.0
    max_pages: int = 50_000
    at_once: int = 1  # requests under way on one host
    hours: str | None = None  # when it may be asked, in China's time
    pages_per_day: int | None = None
    verify_tls: bool = True  # False takes pages of a host whose certificate is known to be bad
    render: bool = False  # pages as a browser shows them: for sites that are nothing without their scripts
    extractor: Extractor = "auto"
    layout: tuple[Layout, ...] = field(default=())

    @property
    def hosts(self) -> frozenset[str]:
        """`host[:port]` of every start URL, lower case."""
        return frozenset(urlsplit(url).netloc.lower() for url in self.start)

    @property
    def home_url(self) -> str | None:
        return self.start[0] if self.start else None

    @property
    def digest(self) -> str:
        """Changes when extraction would: 16 hex digits over extractor and layouts."""
        return hashlib.sha256(repr((self.extractor, self.layout)).encode()).hexdigest()[:16]


SITE: dict[str, Check] = {
    "start": web_addresses,
    "name": any_text,
    "article": pattern,
    "follow": pattern,
    "why": any_text,
    "delay_seconds": number(0),
    "max_pages": whole_number(1),
    "at_once": whole_number(1),
    "hours": hours,
    "pages_per_day": whole_number(1),
    "verify_tls": true_or_false,
    "render": true_or_false,
    "extractor": one_of(*get_args(Extractor)),
    "layout": tables,
}
LAYOUT: dict[str, Check] = {"name": any_text, "title": selector, "body": selector, "remove": selectors}


def load_sites(folder: Path) -> dict[str, Site]:
    """All definitions by id, in the order of their ids."""
    return {path.stem: load_site(path) for path in sorted(folder.glob("*.toml"))}


def load_site(path: Path) -> Site:
    table = read_toml(path)
    if not SITE_ID.fullmatch(path.stem):
        raise DefinitionError(f"{path}: a site id is lower-case letters, digits, `.`, `_` and `-`")
    if not table.get("start"):
        refuse_unknown_keys(path, table, tuple(SITE))
        raise DefinitionError(f"{path}: `start` is missing: give at least one URL")
    check(path, table, SITE)
    layouts = tuple(_layout(path, row) for row in table.pop("layout", []))
    if table.get("extractor") == "layout" and not layouts:
        raise DefinitionError(f"{path}: `extractor` is layout, which needs at least one [[layout]]")
    return Site(site_id=path.stem, **{**table, "start": tuple(table["start"])}, layout=layouts)


def site_of(url: str, sites: dict[str, Site]) -> str:
    """The site whose `start` names the URL's host, else the host itself."""
    host = urlsplit(url).netloc.lower()
    return next((site.site_id for site in sites.values() if host in site.hosts), host.replace(":", "-"))


def _layout(path: Path, row: dict[str, Any]) -> Layout:
    check(path, row, LAYOUT, where="layout.")
    for key in ("title", "body"):
        if key not in row:
            raise DefinitionError(f"{path}: `layout.{key}` is missing: give a CSS selector")
    return Layout(**{"name": "", **row, "remove": tuple(row.get("remove", ()))})
