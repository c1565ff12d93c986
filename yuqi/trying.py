"""One page in a workspace that is thrown away: fetched, built and looked at as any other page."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from crawler.crawl import CrawlOptions, crawl
from crawler.definitions import DefinitionError
from crawler.frontier import Frontier
from crawler.importing import import_paths
from crawler.sites import Site, load_sites, site_of
from crawler.workspace import SETTINGS_FILE, FailedError, Workspace, load_settings, open_workspace
from pipeline.store.look_up import Thing, shown
from pipeline.store.reader import open_latest
from yuqi.building import build_workspace

REQUESTS = 4  # robots.txt apart: the page, and redirects on its own host
ALLOWED = "robots.txt allows it"
FORBIDDEN = "robots.txt forbids it"
NO_ROBOTS = "not asked: a file"
UNKNOWN = "robots.txt is not known: no answer"
UNREACHED = ("error", "blocked")  # outcomes without a page


@dataclass(frozen=True)
class Tried:
    """What would become of one page."""

    url: str
    robots: str
    outcome: str
    reason: str | None  # why it yields no article
    article: dict[str, Any] | None
    draft: str  # a site file for it


def try_url(url: str, own: Workspace | None) -> Tried:
    """`own` lends its definitions, overrides and contact, and is not changed."""
    defined = load_sites(own.sites) if own else {}
    with _thrown_away(own) as place:
        site = defined.get(site_of(url, defined)) or Site(
            re.sub(r"[^a-z0-9._-]", "-", site_of(url, {})), (url,)
        )
        page = replace(site, start=(url,), article=f"^{re.escape(url)}$", follow=None, max_pages=REQUESTS)
        crawl(place, [page], CrawlOptions(max_pages=REQUESTS, contact=_contact(url, own)))
        return _tried(place, url, draft(page.site_id, url))


def try_file(path: Path, own: Workspace | None) -> Tried:
    with _thrown_away(own) as place:
        import_paths(place, load_sites(place.sites), [path], None, unsourced=True)
        return _tried(place, None, draft("imported", None))


def draft(site_id: str, url: str | None) -> str:
    """A site file to begin with: digits of the path may be any, the rest is as it is."""
    if url is None:
        return "# a file has no site"
    parts = urlsplit(url)
    path = re.sub(r"\d+", r"\\d+", re.escape(parts.path).replace(r"\-", "-"))
    pattern = f"article = '{path}$'" if r"\d+" in path and "'" not in path else "# article = '…'"
    lines = (f"# sites/{site_id}.toml", f'start = ["{parts.scheme}://{parts.netloc}/"]', pattern, 'why = ""')
    return "\n".join(lines)


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


def _tried(place: Workspace, url: str | None, site_file: str) -> Tried:
    with Frontier(place) as frontier:
        fetches = list(frontier.fetches())
        losses = {page.url: page.loss for page in frontier.pages()}
    if not fetches:
        raise FailedError(
            f"{url or 'the file'} could not be read: {next(iter(losses.values()), 'nothing there')}"
        )
    fetch = next((f for f in fetches if f.payload_sha256), fetches[-1])
    build_workspace(place)
    robots = NO_ROBOTS if url is None else _robots(fetch.outcome)
    with open_latest(place) as connection:
        dropped = connection.execute(
            "SELECT reason FROM drops WHERE url = $url", {"url": fetch.url}
        ).fetchone()
        found = connection.execute(
            "SELECT article_id FROM articles WHERE url = $url", {"url": fetch.url}
        ).fetchone()
        article = shown(connection, Thing("article", found[0]), original=True) if found else None
    reason = dropped[0] if dropped and not article else None
    return Tried(fetch.url, robots, fetch.outcome, reason, article, site_file)
