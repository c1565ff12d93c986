"""How long a host that shuts us out is left alone. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawler.blocked import IN_A_ROW, Sign

FIRST_PAUSE = timedelta(days=1)  # bans of an address usually last hours; then twice as long every time
LONGEST_PAUSE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Pause:
    host: str
    site_id: str
    sign: Sign
    since: datetime
    until: datetime
    times: int = 1  # in a row, without a page in between

    @property
    def says(self) -> str:
        until = f"{self.until:%Y-%m-%d %H:%M} UTC"
        return f"{self.host} answers with a {self.sign} page instead of its own; not asked before {until}"


@dataclass(frozen=True, slots=True)
class Shut:
    """An answer that was no page, and where it came from."""

    host: str
    site_id: str
    sign: Sign
    is_start: bool  # of a start page: nothing else can be found behind it
    at: datetime


class Gates:
    """Counts on each host what stood in front of pages, in a row."""

    def __init__(self, pauses: dict[str, Pause]) -> None:
        self._known = pauses
        self._in_a_row: Counter[str] = Counter()

    def shut(self, shut: Shut) -> Pause | None:
        """The pause that is due after this answer; None where it may be the page's own gate."""
        self._in_a_row[shut.host] += 1
        if self._in_a_row[shut.host] < IN_A_ROW[shut.sign] and not (shut.is_start and shut.sign != "refused"):
            return None
        known = self._known.get(shut.host)
        pause = Pause(shut.host, shut.site_id, shut.sign, shut.at, shut.at + FIRST_PAUSE)
        if known is not None:
            times = known.times + (known.until <= shut.at)
            length = min(FIRST_PAUSE * 2 ** (times - 1), LONGEST_PAUSE)
            pause = replace(pause, since=known.since, until=shut.at + length, times=times)
        self._known[shut.host] = pause
        return pause

    def opened(self, host: str) -> bool:
        """A page came; whether a pause has ended with it."""
        self._in_a_row.pop(host, None)
        return self._known.pop(host, None) is not None

    def pauses(self) -> dict[str, Pause]:
        return self._known
