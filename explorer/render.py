"""Pages as HTML: everything is escaped, and nothing that a page of a farm says can act or hide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from explorer.cite import citation
from explorer.desk import Desk, View
from explorer.marks import Piece
from explorer.texts import headings, said_of, say, slot_name, with_slots
from pipeline.release.cells import CONTROL

LONGEST_TITLE = 160  # characters of a crawled title where it is not the subject
MAX_CELL = 180  # of a text in a table; a file has all of it
MAX_LIST = 30  # members of a list in one cell
# Column with an id → the page of what it names.
PAGES = {
    "platform_id": "/platform/", "template_id": "/template/", "story_id": "/story/",
    "operator_id": "/operator/", "article_id": "/article/",
}  # fmt: skip
FINDINGS = {"practice_id": "practice", "tip_id": "tip", "law_id": "law"}
LEADING = {*PAGES, *FINDINGS, "site_id"}  # lead to what they name
LABELS = ("name", "label_zh", "label_en")  # stand in the cell of the id that they are the name of
LABELLED = ("platform_id", "site_id", "practice_id", "tip_id", "law_id")
IN_BOTH = ("measure", "category")  # columns that stand in two languages, as `measure_zh`, `measure_en`
SLOTS = {"slot": slot_name, "type": slot_name, "skeleton": with_slots}  # name a slot by its type
# Column → group of texts.toml that says its ids in words.
STATES = {
    "assertion": "assertion", "state": "state", "published_doubt": "doubt", "first_published_doubt": "doubt",
}  # fmt: skip
SHARES = ("share", "ambiguous_share", "page_share", "low", "high", "own_share", "confidence", "weight")


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        finalize=visible,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"short": short, "web": web, "day": day, "number": number, "percent": percent}
    made.globals |= {"kinds_of": kinds_of, "diff": diff, "segment": partial(quote, safe="")}
    return made


def page(view: View, desk: Desk, base: str) -> str:
    lang = desk.asked.lang
    shown = {**desk.words.headings(lang), **headings(lang)}
    return (
        environment()
        .get_template(view.template)
        .render(
            **view.values,
            view=view,
            desk=desk,
            asked=desk.asked,
            lang=lang,
            t=partial(say, lang, "ui"),
            label=partial(said_of, lang),
            heading=lambda column: shown.get(column, column.replace("_", " ")),
            cell=partial(cell, desk),
            name_of=desk.opened.remember(("names", lang), lambda: names(desk)).get,
            columns_of=partial(columns_of, lang),
            slots=partial(with_slots, lang),
            other="en" if lang == "zh" else "zh",
            cite=citation(desk, view.title, base),
        )
    )


def names(desk: Desk) -> dict[tuple[str, str], str]:
    """(kind, id) → how people call it, in the reader's language."""
    label = f"label_{desk.asked.lang}"
    found = {(row["kind"], row["finding"]): row[label] or row["label_zh"] for row in desk.rows("kinds")}
    return found | {("mention", row["platform_id"]): row["name"] for row in desk.rows("platform-names")}


def visible(value: Any) -> Any:
    """Without what a terminal or a reader's eye would be turned by: controls and marks of direction."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return CONTROL.sub("", value)


def short(text: str | None, most: int = LONGEST_TITLE) -> str:
    text = text or ""
    return text if len(text) <= most else text[: most - 1] + "…"


def web(url: str | None) -> str | None:
    """A link that leads to a page; anything but http and https is words."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return (
        url if parts.scheme in ("http", "https") and parts.netloc and not CONTROL.search(url or "") else None
    )


def day(value: datetime | date | None) -> str:
    return value.strftime("%Y-%m-%d") if value else ""


def number(value: int) -> str:
    return f"{value:,}"


def percent(value: float) -> str:
    """
    >>> percent(0.123), percent(1.0), percent(0.9995)
    ('12.3%', '100%', '99.95%')
    """
    return f"{round(value * 100, 2):g}%"


def kinds_of(piece: Piece) -> str:
    return " ".join(f"m-{kind}" for kind in piece.kinds)


def columns_of(lang: str, columns: Sequence[str]) -> list[str]:
    """Those with a column of their own on a screen; a name stands with its id, a measure in one language."""
    has_id = any(column in LABELLED for column in columns)
    other = {f"{column}_{'en' if lang == 'zh' else 'zh'}" for column in IN_BOTH}
    known = {column for column in IN_BOTH if f"{column}_{lang}" in columns}  # the id of what is said in words
    return [c for c in columns if c not in other | known and not (has_id and c in LABELS)]


@dataclass(frozen=True, slots=True)
class Cell:
    """How one value stands in a table; `crawled`: a farm's words, `time`: as machines read it."""

    text: str = ""
    href: str | None = None
    small: str | None = None
    time: str | None = None
    is_number: bool = False
    crawled: bool = False
    external: bool = False

    @property
    def is_plain(self) -> bool:
        """Nothing but its text: of a page's thousand cells most are."""
        return not (self.href or self.small or self.time or self.crawled)


def cell(desk: Desk, column: str, row: Mapping[str, Any]) -> Cell:
    value = row[column]
    if column in LEADING and value is not None:
        return _named(desk, column, str(value), row)
    if column == "url" and isinstance(value, str):
        return Cell(short(value, 80), web(value), crawled=True, external=True)
    if column in SLOTS and isinstance(value, str):
        return Cell(short(SLOTS[column](desk.asked.lang, value), MAX_CELL), crawled=True)
    if column in STATES and isinstance(value, str):
        label = said_of(desk.asked.lang, STATES[column], value)
        return Cell(label, small=value if label != value else None)
    return _plain(column, value)


def _named(desk: Desk, column: str, value: str, row: Mapping[str, Any]) -> Cell:
    labels = ("label_en", "label_zh", "name") if desk.asked.lang == "en" else ("label_zh", "label_en", "name")
    name = next((str(row[label]) for label in labels if row.get(label) and column in LABELLED), None)
    if column in PAGES:
        href = desk.asked.url(PAGES[column] + quote(value, safe=""))
    elif column in FINDINGS:
        said = dict(desk.asked.chosen())
        assertion = row.get("assertion") or said.pop("assertion", None)
        said.pop("assertion", None)
        href = desk.asked.url("/evidence", **said, kind=FINDINGS[column], finding=value, assertion=assertion)
    else:
        href = desk.asked.url("/", **{**desk.asked.chosen(), "site": value})
    return Cell(short(name or value), href, small=value if name and name != value else None)


def _plain(column: str, value: Any) -> Cell:  # noqa: PLR0911 (one return a type)
    match value:
        case None:
            return Cell()
        case bool():
            return Cell("✓" if value else "–")
        case int():
            return Cell(number(value), is_number=True)
        case float() if column in SHARES:
            return Cell(percent(value), is_number=True)
        case float():
            return Cell(f"{value:g}", is_number=True)
        case datetime() | date():
            return Cell(day(value), time=value.isoformat())
        case list() | tuple():
            more = f" … +{len(value) - MAX_LIST}" if len(value) > MAX_LIST else ""
            return Cell(", ".join(map(str, value[:MAX_LIST])) + more, crawled=True)
        case _:
            return Cell(short(str(value), MAX_CELL), crawled=True)


def diff(said: str) -> list[Piece]:
    """A version of a sentence as `show` marks it: [-left out-] {+put in+} 【filled in】."""
    parts: list[Piece] = []
    rest = said
    while rest:
        found = min(
            ((at, opens, closes, kind) for opens, closes, kind in DIFF if (at := rest.find(opens)) >= 0),
            default=None,
        )
        end = rest.find(found[2], found[0] + len(found[1])) if found else -1
        if found is None or end < 0:
            return [*parts, Piece(rest)]
        at, opens, closes, kind = found
        parts += [Piece(rest[:at])] if at else []
        parts.append(Piece(rest[at + len(opens) : end], (kind,)))
        rest = rest[end + len(closes) :]
    return parts


DIFF = (("[-", "-]", "left-out"), ("{+", "+}", "put-in"), ("【", "】", "slot"))
