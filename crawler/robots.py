"""robots.txt as RFC 9309 has it: what cannot be read forbids, what is not there allows."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

PRODUCT = "yuqi"  # the token that robots.txt may name
MAX_BYTES = 4 << 20  # RFC 9309, 2.5, asks for 500 KiB at least; what stands behind them forbids all the same
MAX_REDIRECTS = 5  # RFC 9309, 2.3.1.2
MAX_AGE = timedelta(days=1)  # RFC 9309, 2.4
# The longest mark first: that of UTF-32 in small-endian order begins as that of UTF-16 does.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
# `yuqi/1.0` means every yuqi.
VERSION = re.compile(rb"(?im)((?:^|\r)[ \t]*user-agent[ \t]*:[ \t]*[a-z_-]+)/[^\s#]*")
BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
MAX_CRAWL_DELAY_SECONDS = 300.0  # longer ones are typing errors or meant to forbid; a page every 5 minutes


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """The answer of one origin; status None where it could not be reached."""

    origin: str
    status: int | None
    text: str
    fetched_at: datetime


class Rules:
    """What one robots.txt says to us."""

    def __init__(self, robots: RobotsFile) -> None:
        self.answered = robots.status is not None
        self.fetched_at = robots.fetched_at
        self.readable = _readable(robots.status)
        said = robots.text if robots.status is not None and 200 <= robots.status < 300 else ""
        self._parser = Protego.parse(said)

    def allow(self, url: str) -> bool:
        return self.readable and bool(self._parser.can_fetch(url, PRODUCT))

    @property
    def crawl_delay_seconds(self) -> float:
        return max(0.0, min(float(self._parser.crawl_delay(PRODUCT) or 0), MAX_CRAWL_DELAY_SECONDS))

    @property
    def sitemaps(self) -> tuple[str, ...]:
        return tuple(self._parser.sitemaps)


def robots_text(payload: bytes) -> str:
    """The rules in ASCII, bytes beyond it as they stand in a URL: `/专题` in GBK forbids the GBK path.

    A file in UTF-16, as an editor on Windows saves it, would else read as one without rules, and allow
    everything. What is cut off at the limit ends with a whole line: half of `/loan/` would forbid more.
    """
    encoding, length = _encoding(payload[:4])
    if encoding != "utf-8":
        text = payload[length : length + MAX_BYTES * 2].decode(encoding, errors="replace")
        payload, length = text.encode("utf-8", errors="replace"), 0
    held = payload[length : length + MAX_BYTES]
    if len(payload) - length > MAX_BYTES:
        held = held[: max(held.rfind(b"\n"), held.rfind(b"\r")) + 1]
    held = VERSION.sub(rb"\1", held)
    return BEYOND_ASCII.sub(lambda byte: b"%%%02X" % byte[0][0], held).decode("ascii")


def _encoding(head: bytes) -> tuple[str, int]:
    """By its mark and that one's length; without one, by where the zeros stand between ASCII letters."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    if len(head) == 4 and head[1] == head[3] == 0 != head[0]:
        return "utf-16-le", 0
    if len(head) == 4 and head[0] == head[2] == 0 != head[1]:
        return "utf-16-be", 0
    return "utf-8", 0


def is_fresh(robots: RobotsFile, now: datetime) -> bool:
    """A failure is not remembered: the next run asks again."""
    return _readable(robots.status) and not is_old(robots.fetched_at, now)


def is_old(fetched_at: datetime, now: datetime) -> bool:
    """Also after a clock that was set back."""
    return not timedelta(0) <= now - fetched_at < MAX_AGE


def _readable(status: int | None) -> bool:
    """4xx means that there is none; 429, 5xx and a 304 that nobody asked for that it cannot be read now."""
    return status is not None and status < 500 and status not in (304, 429)
