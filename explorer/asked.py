"""What one request asks for: the whole state of a page is its path and its query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args
from urllib.parse import urlencode

from crawler.page import PageState
from pipeline.records import Assertion
from pipeline.store.reports import BASES, Filter

LANGUAGES = ("zh", "en")
FORMATS = ("html", "csv", "json")
KINDS = ("practice", "tip", "law", "mention")  # of findings
ROWS = 50  # of a table on a screen
MAX_SHOWN = 1_000  # of one on a screen, whatever is asked for: a browser takes seconds for more
MAX_ROWS = 100_000  # of a table in a file; more belongs into a release
MAX_PAGE = 10_000
CHOOSING = ("platform", "practice", "site", "state", "assertion", "since", "until", "date")
KNOWN = (
    *CHOOSING, "sort", "limit", "page", "q", "kind", "finding", "at", "sensitivity",
    "lang", "snapshot", "format", "table", "excel",
)  # fmt: skip
KEPT = ("lang", "snapshot")  # go along from page to page


class AskedWrongly(ValueError):
    """A parameter has no such value: names it."""


@dataclass(frozen=True)
class Asked:
    """Path and query, checked. `given` holds what the URL says, in its order."""

    path: str
    given: Mapping[str, str]
    lang: str
    filter: Filter
    limit: int | None
    page: int
    form: str

    def get(self, name: str) -> str | None:
        return self.given.get(name)

    @property
    def first(self) -> int:
        """Rows before the first that is shown."""
        return (self.page - 1) * self.size

    @property
    def size(self) -> int:
        """Rows of a page; a file has all, unless the URL says how many."""
        if self.form == "html":
            return min(self.limit or ROWS, MAX_SHOWN)
        return self.limit or MAX_ROWS

    def url(self, path: str | None = None, **changes: object) -> str:
        """This page with other parameters, or another page that keeps language and snapshot."""
        kept = self.given if path is None else {k: v for k, v in self.given.items() if k in KEPT}
        said = {**kept, **changes}
        query = urlencode({key: str(value) for key, value in said.items() if value not in (None, "")})
        return (path or self.path) + (f"?{query}" if query else "")

    def chosen(self) -> dict[str, str]:
        """The parameters that restrict what is counted."""
        return {key: value for key, value in self.given.items() if key in CHOOSING}


def read_asked(path: str, query: Iterable[tuple[str, str]], accepted: str) -> Asked:
    """Unknown parameters and empty ones say nothing; wrong values are refused."""
    given = {key: value.strip() for key, value in query if key in KNOWN and value.strip()}
    _one_of(given, "lang", LANGUAGES)
    _one_of(given, "format", FORMATS)
    _one_of(given, "kind", KINDS)
    return Asked(
        path=path,
        given=given,
        lang=given.get("lang") or preferred(accepted),
        filter=_filter(given),
        limit=_number(given, "limit", MAX_ROWS),
        page=_number(given, "page", MAX_PAGE) or 1,
        form=given.get("format", "html"),
    )


def preferred(accepted: str) -> str:
    """The first of our languages in an Accept-Language header, Chinese where it names none.

    >>> preferred("de, en-GB;q=0.8, zh;q=0.9"), preferred(""), preferred("en;q=x")
    ('zh', 'zh', 'en')
    """
    wanted = []
    for part in accepted.split(",")[:20]:
        name, _, weight = part.strip().partition(";q=")
        lang = name.lower().partition("-")[0]
        if lang in LANGUAGES:
            wanted.append((-_weight(weight), lang))
    return min(wanted, key=lambda pair: pair[0])[1] if wanted else LANGUAGES[0]


def _weight(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0


def _filter(given: Mapping[str, str]) -> Filter:
    _one_of(given, "state", get_args(PageState))
    _one_of(given, "assertion", get_args(Assertion))
    _one_of(given, "date", BASES)
    values: dict[str, Any] = {
        name: given.get(name) for name in ("platform", "practice", "site", "state", "assertion")
    }
    if "date" in given:
        values["basis"] = given["date"]
    return Filter(**values, since=_day(given, "since"), until=_day(given, "until"))


def _day(given: Mapping[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(given[name]) if name in given else None
    except ValueError:
        raise AskedWrongly(f"{name}: a day such as 2024-05-01") from None


def _number(given: Mapping[str, str], name: str, most: int) -> int | None:
    said = given.get(name)
    if said is None:
        return None
    if not (said.isascii() and said.isdigit() and len(said) < 9 and 1 <= int(said) <= most):
        raise AskedWrongly(f"{name}: a number from 1 to {most}")
    return int(said)


def _one_of(given: Mapping[str, str], name: str, values: Iterable[str]) -> None:
    if name in given and given[name] not in values:
        raise AskedWrongly(f"{name}: one of {', '.join(values)}")
