"""Lines of nothing but names: menus and lists of links, which name platforms and say nothing of them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from pipeline.findings.cues import Zones
from pipeline.findings.matching import Candidate, resolve


@dataclass(frozen=True)
class Menus:
    """Asks of a line of the text whether it is one: 花呗 | 借呗 | 网商贷."""

    text: str
    found: tuple[Candidate, ...]  # by start
    zones: Zones

    @cached_property
    def starts(self) -> list[int]:
        return [match.start for match in self.found]

    def __call__(self, start: int, end: int) -> bool:
        if len(self.found) < self.zones.least_names:
            return False
        first = bisect_left(self.starts, start)
        inside = self.found[first : bisect_left(self.starts, end, first)]
        if len(inside) < self.zones.least_names:
            return False
        named = resolve(match for match in inside if match.end <= end)
        return len(named) >= self.zones.least_names and not self._rest(start, end, named)

    def _rest(self, start: int, end: int, named: list[Candidate]) -> str:
        """What stands between the names, separators taken out."""
        bounds = [start, *(place for match in named for place in (match.start, match.end)), end]
        between = "".join(
            self.text[left:right] for left, right in zip(bounds[::2], bounds[1::2], strict=True)
        )
        return "".join(character for character in between if character not in self.zones.separators)
