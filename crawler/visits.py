"""What a visit of a URL means, decided from what was known and what came back. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from crawler.archive_writer import Record
from crawler.blocked import Sign
from crawler.page import Outcome, PageKind, PageState
from crawler.page_text import TextDigests
from crawler.politeness import BUSY
from crawler.revisit import FIRST_THRESHOLD

MAX_FAILURES = 3  # attempts that ended without a usable answer, then the URL is parked
GONE = frozenset({404, 410})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
WITH_PAGE = frozenset({200, 203})
NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Lease:
    """A URL that this process may visit, with what the frontier knows of it."""

    url: str
    site_id: str
    host: str
    kind: PageKind
    depth: int  # links followed from a start page; pages of one list have the same
    hops: int  # redirects that led here
    visits: int = 0
    failures: int = 0
    changes: int = 0
    sourced: bool = True
    state: PageState | None = None
    etag: str | None = None
    last_modified: str | None = None
    payload_sha256: str | None = None  # of the newest live payload
    record: Record | None = None  # that holds it
    full_at: datetime | None = None
    first_live_at: datetime | None = None
    prose_sha256: str | None = None
    canonical: str | None = None
    missing_at: datetime | None = None  # a visit missed the page that was there before; not confirmed
    gone_at: datetime | None = None
    threshold: float = FIRST_THRESHOLD  # of its site: what a visit must be worth


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a visit."""

    fetched_at: datetime
    status: int | None = None
    kind: PageKind | None = None  # where the payload shows it
    etag: str | None = None
    last_modified: str | None = None
    payload_sha256: str | None = None
    record: Record | None = None
    size: int = 0  # bytes of the payload
    soft_404: bool = False
    refusal: str | None = None  # robots, blocked
    sign: Sign | None = None  # of what stood in front of the page
    failure: str | None = None  # too-large, undecodable: another attempt brings the same
    links_digest: str | None = None  # of the articles that a list page names
    numbered: bool = False  # a further page of a list
    digests: TextDigests | None = None  # where the payload is markup
    canonical: str | None = None  # the page's own address, as it says itself
    pause_seconds: float = 0.0  # no process asks the host before they are over


@dataclass(frozen=True, slots=True)
class Verdict:
    outcome: Outcome
    state: PageState
    loss: str | None
    again: bool = False  # tried again soon
    text_changed: bool = False  # what the page says, not only its bytes
    missing: bool = False  # not where it was; a later visit must confirm it
    doubted: bool = False  # so much of the site is missing that nothing of it is believed


def judge(known: Lease, answer: Answer) -> Verdict:
    """A page that was seen alive keeps its state until it is really gone; an error is no news of it."""
    status = answer.status
    if answer.refusal is not None:
        verdict = _lost(known, "robots" if answer.refusal == "robots" else "blocked", answer.refusal)
    elif answer.sign is not None:
        verdict = _lost(known, "blocked", "blocked")
    elif answer.failure is not None and (status is None or status in WITH_PAGE):
        verdict = _lost(known, "error", answer.failure)
    elif status is None or status in BUSY or status >= 500 or status == 408:
        again = known.failures + 1 < MAX_FAILURES
        verdict = _lost(known, "error", "fetch-error" if status is None else "http-error", again)
    elif status in REDIRECTS:
        away = answer.soft_404 and known.payload_sha256
        verdict = _missing(known, "soft-404") if away else _lost(known, "redirect", "redirect")
    elif status in GONE:
        verdict = _missing(known, "gone")
    elif status == NOT_MODIFIED and known.payload_sha256:
        verdict = Verdict("unchanged", "live", None)
    elif status not in WITH_PAGE or answer.payload_sha256 is None:
        verdict = _lost(known, "error", "http-error")
    elif answer.soft_404:
        verdict = _missing(known, "soft-404")
    else:
        news = _news(known.payload_sha256, answer.payload_sha256)
        verdict = Verdict(news, "live", None, text_changed=news == "changed" and _text_changed(known, answer))
    return verdict


def _missing(known: Lease, outcome: Literal["gone", "soft-404"]) -> Verdict:
    """A page whose text is known is given up by the second visit in a row that misses it, in another run.

    Damage: servers say 404 while they are moved or mended. A page that was never there is gone at once.
    """
    if not known.payload_sha256:
        return Verdict(outcome, outcome, outcome)
    if known.missing_at is None and known.state == "live":
        return Verdict(outcome, "live", None, missing=True)
    return Verdict(outcome, outcome, None, missing=True)


def _text_changed(known: Lease, answer: Answer) -> bool:
    """Of other bytes; where one of the texts is not known (no markup, an older import), the bytes decide."""
    if known.prose_sha256 is None or answer.digests is None:
        return True
    return known.prose_sha256 != answer.digests.prose_sha256


def _news(known_sha256: str | None, sha256: str) -> Outcome:
    if known_sha256 is None:
        return "new"
    return "unchanged" if known_sha256 == sha256 else "changed"


def _lost(known: Lease, outcome: Outcome, loss: str, again: bool = False) -> Verdict:
    if known.payload_sha256:
        return Verdict(outcome, known.state or "live", None, again)
    return Verdict(outcome, "blocked", loss, again)


@dataclass(frozen=True, slots=True)
class Link:
    """A URL that a visit brought to light, in scope of its site."""

    url: str
    kind: PageKind
    depth: int
    hops: int = 0
    modified_at: datetime | None = None  # as a sitemap says
