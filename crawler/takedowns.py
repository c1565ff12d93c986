"""What must not be kept: `state/takedowns.toml`, obeyed by crawl, import, build and readers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from crawler.definitions import Check, DefinitionError, any_text, check, pattern, read_toml, tables, text


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


def _moment(value: Any) -> str | None:
    return None if isinstance(value, str | date) else "must be a time or a text"


ENTRY: dict[str, Check] = {
    "url": text,
    "pattern": pattern,
    "site": text,
    "reason": any_text,
    "at": _moment,
}


def load_takedowns(path: Path) -> Takedowns:
    """An absent file means that nothing was taken down; a broken one is an error, never ignored."""
    if not path.exists():
        return Takedowns()
    table = read_toml(path)
    check(path, table, {"takedown": tables})
    return Takedowns(tuple(_entry(path, row) for row in table.get("takedown", [])))


def merged(paths: Iterable[Path]) -> str:
    """All requests of several lists, each once, as one list: no copy, however old, brings anything back."""
    rows: list[dict[str, Any]] = []
    for path in paths:
        load_takedowns(path)
        rows += [row for row in read_toml(path).get("takedown", []) if row not in rows]
    return "".join("[[takedown]]\n" + "".join(map(_line, row.items())) + "\n" for row in rows)


def _line(field: tuple[str, Any]) -> str:
    name, value = field
    if isinstance(value, bool):
        said = str(value).lower()
    elif isinstance(value, date):  # a datetime is one, too
        said = value.isoformat()
    else:  # what JSON leaves as it is and TOML does not take is one character
        said = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"{name} = {said}\n"


def _entry(path: Path, row: dict[str, Any]) -> Takedown:
    check(path, row, ENTRY, where="takedown.")
    if sum(key in row for key in ("url", "pattern", "site")) != 1:
        raise DefinitionError(f"{path}: a takedown names exactly one of url, pattern, site: {row}")
    return Takedown(**{key: str(value) for key, value in row.items()})
