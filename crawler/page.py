"""The records that cross from the crawler into the pipeline."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Outcome = Literal[
    "new", "changed", "unchanged", "gone", "soft-404", "redirect", "robots", "blocked", "error", "skipped"
]
ALIVE: tuple[Outcome, ...] = ("new", "changed", "unchanged")  # outcomes of a visit that saw the page
PageState = Literal["live", "gone", "soft-404", "blocked"]
PageKind = Literal["article", "list", "sitemap", "unknown"]


@dataclass(frozen=True, slots=True)
class Page:
    """One archived response with its payload, after transfer and content decoding."""

    fetch_id: str
    site_id: str
    url: str
    fetched_at: datetime
    http_status: int
    content_type: str  # header value as received, "" where there was none
    payload: bytes
    payload_sha256: str
    sourced: bool  # False: nobody vouches for where it came from; counts in no site and no operator

    @property
    def article_id(self) -> str:
        return article_id(self.url, self.payload_sha256)


@dataclass(frozen=True, slots=True)
class Fetch:
    """One committed visit of a URL, as the frontier remembers it.

    `warc_file` is relative to the workspace; `warc_offset` counts bytes of the compressed file.
    Both are None where nothing was archived (robots, blocked, error without a response).
    """

    fetch_id: str
    run_id: str
    site_id: str
    url: str
    fetched_at: datetime
    http_status: int | None
    outcome: Outcome
    payload_sha256: str | None
    etag: str | None
    last_modified: str | None
    warc_file: str | None
    warc_offset: int | None
    page_text_sha256: str | None = None
    prose_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class KnownPage:
    """What the frontier knows of one URL that was visited, or refused."""

    url: str
    site_id: str
    kind: PageKind
    state: PageState
    sourced: bool
    loss: str | None  # why no payload of this URL can become an article: http-404, robots, redirect …
    first_seen_at: datetime
    last_seen_at: datetime | None
    last_changed_at: datetime | None
    visits: int
    changes: int
    next_visit_at: datetime | None


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl, import, build or recrawl."""

    run_id: str
    kind: str
    started_at: datetime
    finished_at: datetime | None
    status: str  # running | done | failed
    pages_fetched: int
    bytes_fetched: int


def article_id(url: str, payload_sha256: str) -> str:
    """`a-` and 16 hex digits of SHA-256(url, newline, payload digest)."""
    return "a-" + hashlib.sha256(f"{url}\n{payload_sha256}".encode()).hexdigest()[:16]


def fetch_id(url: str, visit: int) -> str:
    """The visit-th (from 1) committed fetch of a URL; the same in every repetition of a run."""
    return "f-" + hashlib.sha256(f"{url}\n{visit}".encode()).hexdigest()[:16]


def payload_sha256(payload: bytes) -> str:
    return hashlib.sha256(payload).hexdigest()
