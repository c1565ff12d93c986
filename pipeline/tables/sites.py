"""What is known of sites, runs, fetches and pages, and what a site's memory learnt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site of the workspace, or a host that an import brought."""

    table: ClassVar[str] = "sites"
    site_id: Annotated[str, "stem of its definition, or the host"]
    name: Annotated[str, "name as defined, else the id"]
    home_url: Annotated[str | None, "first start URL"]
    why: Annotated[str | None, "why it is in the corpus"]
    operator_id: Annotated[str | None, "operator that it shares a fingerprint with"]
    n_pages: Annotated[int, "pages discovered, whether they were visited or not"]
    n_articles: Annotated[int, "current articles"]


@dataclass(frozen=True, slots=True)
class LearntContainer:
    """The element in which the pages of one design of a site have their article, as the site's memory learnt.

    Other pages with this element, unsure of themselves, were read in it; their `extractor` says `learnt`.
    """

    table: ClassVar[str] = "learnt_containers"
    site_id: Annotated[str, "site"]
    layout: Annotated[int, "order in which a site's layouts were learnt and are asked, from 1"]
    container: Annotated[str, "tag, classes and id of the element, digits as 0; > where it has none itself"]
    n_pages: Annotated[int, "pages that taught it: those with the element that were read with confidence"]
    n_agreeing: Annotated[int, "of these the pages on which it holds the whole article that was found"]
    agreement: Annotated[float, "mean F1 of its text by the article found"]
    held_out: Annotated[float, "share that agrees, on the half of the pages on which it is lower"]
    fit: Annotated[
        str, "alike: most articles are its text; inner: many go on behind it, outer: all stand in it"
    ]


@dataclass(frozen=True, slots=True)
class RunRow:
    """A crawl, import, build or recrawl."""

    table: ClassVar[str] = "runs"
    run_id: Annotated[str, "run"]
    kind: Annotated[str, "crawl, import, build or recrawl"]
    started_at: Annotated[datetime, "UTC"]
    finished_at: Annotated[datetime | None, "UTC; NULL while running or when killed"]
    status: Annotated[str, "running, done or failed"]
    pages_fetched: Annotated[int, "responses archived"]
    bytes_fetched: Annotated[int, "bytes of payload archived"]


@dataclass(frozen=True, slots=True)
class FetchRow:
    """One visit of a URL."""

    table: ClassVar[str] = "fetches"
    fetch_id: Annotated[str, "fetch"]
    run_id: Annotated[str, "run"]
    site_id: Annotated[str, "site"]
    url: Annotated[str, "URL asked for"]
    fetched_at: Annotated[datetime, "UTC"]
    http_status: Annotated[int | None, "NULL without a response"]
    outcome: Annotated[
        str, "new, changed, unchanged, gone, soft-404, redirect, robots, blocked, error, skipped"
    ]
    payload_sha256: Annotated[str | None, "SHA-256 of the payload after transfer and content decoding"]
    etag: Annotated[str | None, "validator"]
    last_modified: Annotated[str | None, "validator"]
    warc_file: Annotated[str | None, "archive file, relative to the workspace"]
    warc_offset: Annotated[int | None, "byte offset of the record in the compressed file"]
    page_text_sha256: Annotated[str | None, "of all that the page shows; NULL without markup"] = None
    prose_sha256: Annotated[str | None, "of its sentences alone, without the template around them"] = None


@dataclass(frozen=True, slots=True)
class PageRow:
    """A URL that was visited or refused; every one is a current article or a drop."""

    table: ClassVar[str] = "pages"
    url: Annotated[str, "URL"]
    site_id: Annotated[str, "site"]
    state: Annotated[str, "live, gone, soft-404 or blocked"]
    sourced: Annotated[bool, "false: of unknown origin"]
    first_seen_at: Annotated[datetime, "UTC"]
    last_seen_at: Annotated[datetime | None, "last time it answered with a page, UTC"]
    last_changed_at: Annotated[datetime | None, "last change of the text, UTC"]
    visits: Annotated[int, "committed fetches"]
    changes: Annotated[int, "fetches that brought another text (prose_sha256), not only other bytes"]
    next_visit_at: Annotated[datetime | None, "when it is due, UTC"]
