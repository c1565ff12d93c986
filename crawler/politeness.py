"""How often one host is asked: one request at a time, a pause after each, longer when it asks for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime

from crawler.definitions import HOURS

FIRST_BACKOFF_SECONDS = 1.0
BACKOFF_FACTOR = 4.0  # 1, 4, 16 seconds: three attempts fit into a run
BUSY_BACKOFF_SECONDS = 5.0  # 429 or 503 without Retry-After
MAX_BUSY_BACKOFF_SECONDS = 3600.0
MAX_AWAY = timedelta(days=7)  # a Retry-After of years is a mistake or a trap
JITTER = 0.25  # of the pause, on top of it: an even beat shows a machine and meets other machines' beats
CHINA = timezone(timedelta(hours=8))  # the sites' own day and night; it has no summer time
MAX_WAIT_SECONDS = 120.0  # a longer wait is left to the next run
MAX_HOST_FAILURES = 8  # in a row: an outage, not a bad page
BUSY = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class Pace:
    """The pace of one host; times are seconds of a clock that the caller reads."""

    delay_seconds: float
    at_once: int = 1  # requests under way at the same time
    ready_at: float = 0.0
    in_flight: int = 0
    failures: int = 0
    resting: bool = False  # not asked again in this run

    def asked(self, now: float) -> Pace:
        return replace(self, in_flight=self.in_flight + 1, ready_at=now + self.delay_seconds)

    def answered(self, now: float, pause_seconds: float) -> Pace:
        return replace(self.freed(), failures=0, ready_at=now + pause_seconds)

    def failed(self, now: float, wait_seconds: float = 0.0) -> Pace:
        """No usable answer: after some in a row, or when asked to stay away for long, the host rests."""
        failures = self.failures + 1
        wait = max(wait_seconds, self.delay_seconds)
        resting = self.resting or failures >= MAX_HOST_FAILURES or wait_seconds > MAX_WAIT_SECONDS
        return replace(self.freed(), failures=failures, ready_at=now + wait, resting=resting)

    def freed(self) -> Pace:
        """The host was not asked after all."""
        return replace(self, in_flight=self.in_flight - 1)

    def rested(self) -> Pace:
        return replace(self, resting=True)

    def slower(self, delay_seconds: float) -> Pace:
        return replace(self, delay_seconds=max(self.delay_seconds, delay_seconds))

    def waiting(self, now: float, wait_seconds: float) -> Pace:
        """As an earlier run was told."""
        resting = self.resting or wait_seconds > MAX_WAIT_SECONDS
        return replace(self, ready_at=max(self.ready_at, now + wait_seconds), resting=resting)

    def pause_seconds(self, share: float) -> float:
        """Until the next request, never shorter than promised; `share` of the jitter is from 0 to 1."""
        return self.delay_seconds * (1 + JITTER * share)

    def busy_seconds(self) -> float:
        """After a 429 or 503 that does not say how long: twice as long every time."""
        return float(min(BUSY_BACKOFF_SECONDS * 2**self.failures, MAX_BUSY_BACKOFF_SECONDS))

    def room(self, now: float) -> int:
        """How many requests may be made now."""
        if self.resting or self.ready_at > now:
            return 0
        free = max(0, self.at_once - self.in_flight)
        return min(free, 1) if self.delay_seconds else free


def backoff_seconds(failures: int) -> float:
    """Pause before the same URL is tried again; `failures` counts from 1."""
    return FIRST_BACKOFF_SECONDS * BACKOFF_FACTOR ** (failures - 1)


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """Seconds or an HTTP date (RFC 9110, 10.2.3); None where there is nothing that can be read."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), MAX_AWAY.total_seconds())
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, min(moment - now, MAX_AWAY).total_seconds())


def is_open(hours: str | None, now: datetime) -> bool:
    """Whether a site may be asked at this time of its day.

    >>> is_open("23:00-06:30", datetime(2026, 1, 1, 22, 0, tzinfo=UTC))  # 06:00 in China
    True
    """
    said = HOURS.fullmatch(hours) if hours else None
    if said is None:
        return True
    begin, end = (time.fromisoformat(part) for part in said.groups())
    at = now.astimezone(CHINA).time()
    return begin <= at < end if begin < end else at >= begin or at < end


def day_start(now: datetime) -> datetime:
    """Of a daily budget: midnight in China."""
    return now.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
