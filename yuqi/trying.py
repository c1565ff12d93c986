"""One page in a workspace that is thrown away: fetched, built and looked at as any other page."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import duckdb

from crawler.archive import read_page
from crawler.crawl import CrawlOptions, crawl
from crawler.definitions import DefinitionError
from crawler.importing import import_paths
from crawler.page import Fetch
from crawler.shards import reading
from crawler.sites import Site, load_sites, site_of
from crawler.workspace import SETTINGS_FILE, FailedError, Workspace, load_settings, open_workspace
from pipeline.decode import decode
from pipeline.store.look_up import Thing, shown
from pipeline.store.reader import open_latest
from yuqi.building import build_workspace
from yuqi.selectors import Read, learn_layout
from yuqi.surveying import Survey, draft, requests, samples, survey

REQUESTS = 4  # robots.txt apart: the page, and redirects on its own host
TRY_SECONDS = 60.0
ALLOWED = "robots.txt allows it"
FORBIDDEN = "robots.txt forbids it"
NO_ROBOTS = "not asked: a file"
UNKNOWN = "robots.txt is not known: no answer"
UNREACHED = ("error", "blocked")  # outcomes without a page


@dataclass(frozen=True)
class Tried:
    """What would become of one page, and of its site."""

    url: str
    robots: str
    outcome: str
    reason: str | None  # why it yields no article
    article: dict[str, Any] | None
    draft: str  # a site file for it
    site: dict[str, Any] | None = None  # what it is made of; see yuqi.surveying


def try_url(url: str, own: Workspace | None) -> Tried:
    """`own` lends its definitions, overrides and contact, and is not changed."""
    contact, delay = _contact(url, own), 0.0 if _is_loopback(urlsplit(url).hostname or "") else 1.0
    defined = load_sites(own.sites) if own else {}
    site = defined.get(site_of(url, defined)) or Site(
        re.sub(r"[^a-z0-9._-]", "-", site_of(url, {})), (url,), delay_seconds=delay
    )
    with _thrown_away(own) as place:
        site = replace(site, delay_seconds=max(delay, site.delay_seconds))
        found = survey(place, site, url, contact)
    with _thrown_away(own) as place:
        urls = (url, *samples(found, url))
        exactly = "|".join(f"^{re.escape(one)}$" for one in urls)
        most = requests(site, REQUESTS + len(urls) - 1)
        page = replace(site, start=urls, article=exactly, follow=None, max_pages=most)
        crawl(place, [page], CrawlOptions(max_seconds=TRY_SECONDS, contact=contact))
        return _tried(place, url, found)


def try_file(path: Path, own: Workspace | None) -> Tried:
    with _thrown_away(own) as place:
        import_paths(place, load_sites(place.sites), [path], None, unsourced=True)
        return _tried(place, None, None)


@contextmanager
def _thrown_away(own: Workspace | None) -> Iterator[Workspace]:
    with TemporaryDirectory(prefix="yuqi-try-") as folder:
        (Path(folder) / SETTINGS_FILE).write_text("synthetic = true\n", encoding="utf-8")
        place = open_workspace(Path(folder))
        for name in ("sites", "overrides") if own else ():
            if (source := own.root / name).is_dir():  # type: ignore[union-attr]
                shutil.copytree(source, place.root / name, dirs_exist_ok=True)
        yield place


def _contact(url: str, own: Workspace | None) -> str | None:
    """A page of this machine may be asked without one; a stranger's may not."""
    contact = load_settings(own).contact if own else os.environ.get("YUQI_CONTACT")
    if contact is None and not _is_loopback(urlsplit(url).hostname or ""):
        raise DefinitionError("set $YUQI_CONTACT, so that the site's owner can reach you: mailto:… or a URL")
    return contact


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _robots(outcome: str) -> str:
    return {"robots": FORBIDDEN, **dict.fromkeys(UNREACHED, UNKNOWN)}.get(outcome, ALLOWED)


def _tried(place: Workspace, url: str | None, found: Survey | None) -> Tried:
    with reading(place) as held:
        fetches = list(held.fetches())
        losses = {page.url: page.loss for page in held.pages()}
    if not fetches:
        raise FailedError(
            f"{url or 'the file'} could not be read: {next(iter(losses.values()), 'nothing there')}"
        )
    fetch = _asked_for(url, found, fetches)
    build_workspace(place)
    robots = NO_ROBOTS if url is None else _robots(fetch.outcome)
    with open_latest(place) as connection:
        dropped = connection.execute(
            "SELECT reason FROM drops WHERE url = $url", {"url": fetch.url}
        ).fetchone()
        article = _article(connection, fetch.url)
        read = [_read(connection, place, one) for one in fetches if one.payload_sha256]
    reason = dropped[0] if dropped and not article else None
    if url is None or found is None:
        return Tried(fetch.url, robots, fetch.outcome, reason, article, "# a file has no site")
    layout = learn_layout([page for page in read if page is not None])
    site_file = draft(fetch.site_id, url, found, _as_comment(layout))
    told = asdict(found) | {"layout": dict(zip(("title", "body"), layout, strict=True)) if layout else None}
    return Tried(fetch.url, robots, fetch.outcome, reason, article, site_file, told)


def _asked_for(url: str | None, found: Survey | None, fetches: Sequence[Fetch]) -> Fetch:
    """The visit of the URL, or of where it led to; not those of its site's other articles."""
    others = set(samples(found, url)) if found and url else set()
    own = [fetch for fetch in fetches if fetch.url not in others] or fetches
    return next((fetch for fetch in own if fetch.payload_sha256), own[-1])


def _article(connection: duckdb.DuckDBPyConnection, url: str) -> dict[str, Any] | None:
    found = connection.execute("SELECT article_id FROM articles WHERE url = $url", {"url": url}).fetchone()
    return shown(connection, Thing("article", found[0]), original=True) if found else None


def _read(connection: duckdb.DuckDBPyConnection, place: Workspace, fetch: Fetch) -> Read | None:
    """A page beside what was taken for its article; None where it has none."""
    article = _article(connection, fetch.url)
    page = read_page(place.root, fetch, sourced=True) if article else None
    decoded = decode(page.payload, page.content_type) if page else None
    if article is None or decoded is None:
        return None
    return Read(decoded.text, article["original"]["title"], article["original"]["text"])


def _as_comment(layout: tuple[str, str] | None) -> str | None:
    """General extraction finds the same: a layout is for the day when it does not."""
    if layout is None:
        return None
    title, body = (json.dumps(selector, ensure_ascii=False) for selector in layout)
    head = "# [[layout]]  # only where general extraction fails"
    return f'{head}\n# name = "…"\n# title = {title}\n# body = {body}'
