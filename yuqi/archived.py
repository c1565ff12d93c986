"""A page as it lies in the archive, for `yuqi show --archived`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.archive import ArchiveError, read_page
from crawler.definitions import DefinitionError
from crawler.page import Fetch, Page
from crawler.shards import reading
from crawler.takedowns import load_takedowns
from crawler.urls import canonical
from crawler.workspace import FailedError, Workspace
from pipeline.inert import PERSONAL, inert
from pipeline.store.reader import open_latest
from yuqi.output import WRITERS, Look, say, write_data

ARTICLE_ID = re.compile(r"a-[0-9a-f]{16}")


@dataclass(frozen=True)
class Archived:
    """The page, where its record lies, and the document that shows it."""

    fetch: Fetch
    page: Page
    html: str


def archived(place: Workspace, said: str) -> Archived:
    """By URL: the newest payload; by article id: that article's own. What was taken down stays away."""
    url, sha256 = _article(place, said) if ARTICLE_ID.fullmatch(said) else (canonical(said) or said, None)
    with reading(place) as held:
        fetch, sourced = held.archived(url, sha256), held.is_sourced(url)
    if fetch is None:
        raise DefinitionError(f"no page of `{said}` is in {place.archive}")
    if load_takedowns(place.takedowns).hit(url, fetch.site_id):
        raise DefinitionError(f"`{said}` was taken down and is not shown")
    try:
        page = read_page(place.root, fetch, sourced)
    except ArchiveError as error:
        raise FailedError(f"the archive does not verify: {error}; run `yuqi verify`") from error
    return Archived(fetch, page, inert(page))


def emit_archived(shown: Archived, look: Look) -> None:
    """The document on stdout, ready for a file; for programs an array of one with its place beside it."""
    say([f"{shown.page.url}: {PERSONAL}"])
    if look.form not in WRITERS:
        write_data(shown.html)
        return
    names = ("url", "site_id", "fetched_at", "http_status", "payload_sha256", "warc_file", "warc_offset")
    row = {name: getattr(shown.fetch, name) for name in names} | {"html": shown.html}
    write_data(WRITERS[look.form](tuple(row), [row]))


def _article(place: Workspace, article_id: str) -> tuple[str, str | None]:
    with open_latest(place) as connection:
        asked = "SELECT url, payload_sha256 FROM articles WHERE article_id = ?"
        row = connection.execute(asked, [article_id]).fetchone()
    if row is None:
        raise DefinitionError(f"no article `{article_id}` in {place.latest}")
    return row[0], row[1]
