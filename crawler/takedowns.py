"""What must not be kept: `state/takedowns.toml`, obeyed by crawl, import, build and readers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from crawler.definitions import (
    Check,
    DefinitionError,
    any_text,
    check,
    pattern,
    read_toml,
    tables,
    text,
    true_or_false,
)
from crawler.whole_files import write_whole

NAMED = ("url", "pattern", "site")


@dataclass(frozen=True)
class Takedown:
    """One request: a url or a pattern (regular expression, anywhere in a URL), of any site or one, or a site.

    `platform`: the page was asked out with all others about this one. `purge`: from the archive, too.
    """

    url: str | None = None
    pattern: str | None = None
    site: str | None = None
    reason: str = ""
    at: str = ""
    platform: str | None = None
    purge: bool = False
    of: str | None = None  # of a further page: the first page of its article, which was asked out

    @property
    def named(self) -> tuple[str | None, str | None, str | None]:
        """What is to be taken down; who asked when and why left out."""
        return self.url, self.pattern, self.site


@dataclass(frozen=True)
class Takedowns:
    entries: tuple[Takedown, ...] = ()

    def hit(self, url: str, site_id: str) -> bool:
        return self.request(url, site_id) is not None

    def request(self, url: str, site_id: str) -> Takedown | None:
        """The request that a page falls under; None for one that nobody asked out."""
        held = self._by_url.get((url, None)) or self._by_url.get((url, site_id)) or self._by_site.get(site_id)
        return held or next(
            (entry for found, entry in self._patterns if _falls(entry, site_id, found, url)), None
        )

    @property
    def purged(self) -> Takedowns:
        """Those that are to leave the archive, too."""
        return Takedowns(tuple(entry for entry in self.entries if entry.purge))

    @cached_property
    def _by_url(self) -> dict[tuple[str, str | None], Takedown]:
        return {(entry.url, entry.site): entry for entry in self.entries if entry.url}

    @cached_property
    def _by_site(self) -> dict[str, Takedown]:
        return {e.site: e for e in self.entries if e.site and not e.url and not e.pattern}

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], Takedown], ...]:
        return tuple((re.compile(entry.pattern), entry) for entry in self.entries if entry.pattern)


def _falls(entry: Takedown, site_id: str, found: re.Pattern[str], url: str) -> bool:
    return entry.site in (None, site_id) and found.search(url) is not None


def _moment(value: Any) -> str | None:
    return None if isinstance(value, str | date) else "must be a time or a text"


ENTRY: dict[str, Check] = {
    "url": text,
    "pattern": pattern,
    "site": text,
    "reason": any_text,
    "at": _moment,
    "platform": text,
    "of": text,
    "purge": true_or_false,
}


def load_takedowns(path: Path) -> Takedowns:
    """An absent file means that nothing was taken down; a broken one is an error, never ignored."""
    if not path.exists():
        return Takedowns()
    table = read_toml(path)
    check(path, table, {"takedown": tables})
    return Takedowns(tuple(_entry(path, row) for row in table.get("takedown", [])))


def add_takedowns(path: Path, entries: Iterable[Takedown]) -> int:
    """On the disk when it returns; how many are new. A known one may still be asked out of the archive."""
    held = {entry.named: entry for entry in load_takedowns(path).entries}
    fresh = [entry for entry in entries if entry.named not in held or held[entry.named].purge < entry.purge]
    if not fresh:
        return 0
    rows = [{k: v for k, v in asdict(entry).items() if v not in (None, False, "")} for entry in fresh]
    write_whole(path, merged([path] if path.exists() else []) + _written(rows))
    return sum(entry.named not in held for entry in fresh)


def merged(paths: Iterable[Path]) -> str:
    """All requests of several lists, each once, as one list: no copy, however old, brings anything back."""
    rows: list[dict[str, Any]] = []
    for path in paths:
        load_takedowns(path)
        rows += [row for row in read_toml(path).get("takedown", []) if row not in rows]
    return _written(rows)


def _written(rows: Iterable[dict[str, Any]]) -> str:
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
    if not any(key in row for key in NAMED) or ("url" in row and "pattern" in row):
        raise DefinitionError(f"{path}: a takedown names a url or a pattern, a site, or one of a site: {row}")
    said = {key: str(value) for key, value in row.items() if key != "purge"}
    return Takedown(**said, purge=row.get("purge", False))
