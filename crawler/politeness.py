"""How often one host is asked: one request at a time, a pause after each, longer when it asks for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FIRST_BACKOFF_SECONDS = 1.0
BACKOFF_FACTOR = 4.0  # 1, 4, 16 seconds: three attempts fit into a run
BUSY_BACKOFF_SECONDS = 5.0  # 429 or 503 without Retry-After
MAX_WAIT_SECONDS = 120.0  # a longer wait is left to the next run
MAX_HOST_FAILURES = 8  # in a row: an outage, not a bad page
BUSY = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class Pace:
    """The pace of one host; times are seconds of a clock that the caller reads."""

    delay_seconds: float
    ready_at: float = 0.0
    busy: bool = False
    failures: int = 0
    resting: bool = False  # not asked again in this run

    def asked(self) -> Pace:
        return replace(self, busy=True)

    def answered(self, now: float) -> Pace:
        return replace(self, busy=False, failures=0, ready_at=now + self.delay_seconds)

    def failed(self, now: float, wait_seconds: float = 0.0) -> Pace:
        """No usable answer: after some in a row, or when asked to stay away for long, the host rests."""
        failures = self.failures + 1
        wait = max(wait_seconds, self.delay_seconds)
        resting = self.resting or failures >= MAX_HOST_FAILURES or wait_seconds > MAX_WAIT_SECONDS
        return replace(self, busy=False, failures=failures, ready_at=now + wait, resting=resting)

    def freed(self) -> Pace:
        """The host was not asked after all."""
        return replace(self, busy=False)

    def rested(self) -> Pace:
        return replace(self, resting=True)

    def slower(self, delay_seconds: float) -> Pace:
        return replace(self, delay_seconds=max(self.delay_seconds, delay_seconds))

    def waiting(self, now: float, wait_seconds: float) -> Pace:
        """As an earlier run was told."""
        resting = self.resting or wait_seconds > MAX_WAIT_SECONDS
        return replace(self, ready_at=max(self.ready_at, now + wait_seconds), resting=resting)

    def is_ready(self, now: float) -> bool:
        return not self.busy and not self.resting and self.ready_at <= now


def backoff_seconds(failures: int) -> float:
    """Pause before the same URL is tried again; `failures` counts from 1."""
    return FIRST_BACKOFF_SECONDS * BACKOFF_FACTOR ** (failures - 1)


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """Seconds or an HTTP date (RFC 9110, 10.2.3); None where there is nothing that can be read."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
