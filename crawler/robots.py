"""robots.txt as RFC 9309 has it: what cannot be read forbids, what is not there allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

PRODUCT = "yuqi"  # the token that robots.txt may name
MAX_BYTES = 512_000  # RFC 9309, 2.5: at least 500 KiB must be parsed
MAX_REDIRECTS = 5  # RFC 9309, 2.3.1.2
MAX_AGE = timedelta(days=1)  # RFC 9309, 2.4
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
    return payload[:MAX_BYTES].decode("utf-8-sig", errors="replace")


def is_fresh(robots: RobotsFile, now: datetime) -> bool:
    """A failure is not remembered: the next run asks again."""
    return _readable(robots.status) and now - robots.fetched_at < MAX_AGE


def _readable(status: int | None) -> bool:
    """4xx means that there is none; 429 and 5xx that it cannot be read now."""
    return status is not None and status < 500 and status != 429
