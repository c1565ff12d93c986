"""An answer as it stands in the archive, with what is read off it before the page is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from crawler.archive_writer import Record
from crawler.content import ContentError, TooLargeError, payload_of
from crawler.politeness import Pace, retry_after_seconds

PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))  # a Location's own escapes stay as they are


@dataclass(frozen=True, slots=True)
class Kept:
    """An archived answer; `payload` None where its body could not be unpacked."""

    fetched_at: datetime
    status: int
    headers: dict[str, str]  # lower-case names
    head: bytes  # status line and headers
    record: Record
    payload: bytes | None
    sha256: str | None
    failure: str | None = None


def headers_of(response_head: bytes) -> dict[str, str]:
    lines = response_head.decode("latin-1").split("\r\n")[1:]
    pairs = [line.partition(":") for line in lines if ":" in line]
    return {name.strip().lower(): value.strip() for name, _, value in reversed(pairs)}


def address_in(header: str) -> str:
    """A Location as browsers read it: its bytes stand for themselves, in whatever encoding.

    >>> address_in("/中文.html".encode().decode("latin-1"))
    '/%E4%B8%AD%E6%96%87.html'
    """
    return header if header.isascii() else quote(header.encode("latin-1"), safe=PRINTABLE)


def unpacked(body: bytes, content_encoding: str) -> tuple[bytes | None, str | None]:
    """(payload, None) or (None, why not)."""
    try:
        return payload_of(body, content_encoding), None
    except TooLargeError:
        return None, "too-large"
    except ContentError:
        return None, "undecodable"


def told_to_wait(kept: Kept, pace: Pace) -> float:
    """Seconds until a busy host may be asked again."""
    told = retry_after_seconds(kept.headers.get("retry-after"), kept.fetched_at)
    return pace.busy_seconds() if told is None else told
