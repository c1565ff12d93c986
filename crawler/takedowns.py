"""What must not be kept: `state/takedowns.toml`, obeyed by crawl, import, build and readers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from crawler.workspace import DefinitionError, read_toml, refuse_unknown_keys

KEYS = ("url", "pattern", "site", "reason", "at")


@dataclass(frozen=True)
class Takedown:
    """One request; exactly one of url, pattern (regular expression, anywhere in a URL) and site is set."""

    url: str | None = None
    pattern: str | None = None
    site: str | None = None
    reason: str = ""
    at: str = ""


@dataclass(frozen=True)
class Takedowns:
    entries: tuple[Takedown, ...] = ()

    def hit(self, url: str, site_id: str) -> bool:
        return url in self._urls or site_id in self._sites or any(p.search(url) for p in self._patterns)

    @cached_property
    def _urls(self) -> frozenset[str]:
        return frozenset(e.url for e in self.entries if e.url)

    @cached_property
    def _sites(self) -> frozenset[str]:
        return frozenset(e.site for e in self.entries if e.site)

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(e.pattern) for e in self.entries if e.pattern)


def load_takedowns(path: Path) -> Takedowns:
    """An absent file means that nothing was taken down; a broken one is an error, never ignored."""
    if not path.exists():
        return Takedowns()
    table = read_toml(path)
    refuse_unknown_keys(path, table, ("takedown",))
    return Takedowns(tuple(_entry(path, row) for row in table.get("takedown", [])))


def _entry(path: Path, row: dict[str, str]) -> Takedown:
    refuse_unknown_keys(path, row, KEYS, where="takedown.")
    if sum(key in row for key in ("url", "pattern", "site")) != 1:
        raise DefinitionError(f"{path}: a takedown names exactly one of url, pattern, site: {row}")
    try:
        re.compile(row.get("pattern", ""))
    except re.error as error:
        raise DefinitionError(f"{path}: `pattern` is no regular expression: {error}") from error
    return Takedown(**{key: str(value) for key, value in row.items()})
