"""Site definitions: `sites/<id>.toml`, data without conditions."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from crawler.workspace import DefinitionError, read_toml, refuse_unknown_keys

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


SITE_KEYS = tuple(f.name for f in fields(Site) if f.name != "site_id")
LAYOUT_KEYS = tuple(f.name for f in fields(Layout))


def load_sites(folder: Path) -> dict[str, Site]:
    """All definitions by id, in the order of their ids."""
    return {path.stem: load_site(path) for path in sorted(folder.glob("*.toml"))}


def load_site(path: Path) -> Site:
    table = read_toml(path)
    refuse_unknown_keys(path, table, SITE_KEYS)
    if not SITE_ID.fullmatch(path.stem):
        raise DefinitionError(f"{path}: a site id is lower-case letters, digits, `.`, `_` and `-`")
    if not table.get("start"):
        raise DefinitionError(f"{path}: `start` is missing: give at least one URL")
    _check_types(path, table)
    layouts = tuple(_layout(path, row) for row in table.pop("layout", []))
    return Site(site_id=path.stem, **{**table, "start": tuple(table["start"])}, layout=layouts)


def site_of(url: str, sites: dict[str, Site]) -> str:
    """The site whose `start` names the URL's host, else the host itself."""
    host = urlsplit(url).netloc.lower()
    return next((site.site_id for site in sites.values() if host in site.hosts), host.replace(":", "-"))


def _layout(path: Path, row: dict[str, Any]) -> Layout:
    refuse_unknown_keys(path, row, LAYOUT_KEYS, where="layout.")
    for key in ("title", "body"):
        if not isinstance(row.get(key), str):
            raise DefinitionError(f"{path}: `layout.{key}` must be a CSS selector")
    return Layout(**{"name": "", **row, "remove": tuple(row.get("remove", ()))})


def _check_types(path: Path, table: dict[str, Any]) -> None:
    for url in table["start"] if isinstance(table["start"], list) else [table["start"]]:
        if not isinstance(url, str) or urlsplit(url).scheme not in ("http", "https"):
            raise DefinitionError(f"{path}: `start` must be a list of http or https URLs, not {url!r}")
    if isinstance(table["start"], str):
        raise DefinitionError(f"{path}: `start` must be a list")
    if table.get("extractor", "auto") not in get_args(Extractor):
        raise DefinitionError(f"{path}: `extractor` must be one of {', '.join(get_args(Extractor))}")
    for key in ("article", "follow"):
        try:
            re.compile(table.get(key, ""))
        except (re.error, TypeError) as error:
            raise DefinitionError(f"{path}: `{key}` is no regular expression: {error}") from error
    for key, least in (("delay_seconds", 0), ("max_pages", 1)):
        value = table.get(key, least)
        if isinstance(value, bool) or not isinstance(value, int | float) or value < least:
            raise DefinitionError(f"{path}: `{key}` must be a number of at least {least}")
