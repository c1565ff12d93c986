"""An object with its evidence as text for people: facts, text, evidence, what was changed and removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any

from yuqi.formats import markdown_cell, shown
from yuqi.skeleton_portrait import PARTS, skeleton_lines
from yuqi.terminal import clean, clean_lines

LONG = frozenset({"text", "skeleton"})
LISTS = frozenset(
    {
        "evidence",
        "edits",
        "repair_notes",
        "lines_removed",
        "sections",
        "versions",
        "technical_versions",
        "articles",
        "members",
    }
)
BESIDE = "the page's own words (<) beside clean text (>); one sign where both are the same (=)"
Row = Mapping[str, Any]


def portrait(thing: Row, limit: int, lang: str = "en", *, markdown: bool = False) -> str:
    lines = list(_lines(thing, limit, lang))
    if not markdown:
        return "\n".join(lines)
    return "\n".join(
        f"## {markdown_cell(line[2:])}" if line.startswith("■ ") else _md(line) for line in lines
    )


def _md(line: str) -> str:
    return f"{markdown_cell(line)}  " if line.strip() else ""


def _lines(thing: Row, limit: int, lang: str) -> Iterator[str]:
    yield f"■ {thing['kind']} {clean(thing['id'])}"
    for name, value in thing.items():
        if name not in LISTS | LONG | PARTS | {"kind", "id", "original", "archived"}:
            yield f"{name:<26} {_fact(value)}"
    if thing.get("title_body_conflict"):
        yield "! title and text name different platforms"
    if doubt := thing.get("published_doubt") or thing.get("first_published_doubt"):
        yield clean(f"! earliest known, dates are farm dates 已知最早，日期像是批量生成: {doubt}")
    if thing.get("sourced") is False:
        yield "! site unknown, not citable 来源不明，不可引用"
    for name in (name for name in ("text", "skeleton") if name in thing):
        yield from ("", f"■ {name}", clean_lines(thing[name] or ""))
    yield from skeleton_lines(thing, limit, lang)
    for field, said in thing.get("original", {}).items():
        yield from ("", f"■ original {field}: {BESIDE}", *beside(said, thing[field]))
    if "archived" in thing:
        yield from (
            "",
            f"■ archived page ({thing['archived']['warc_file']} @ {thing['archived']['warc_offset']})",
        )
        yield from map(clean, thing["archived"]["lines"])
    for name, line in LINES.items():
        yield from _listed(name, thing.get(name), limit, line)


def beside(page: str, text: str) -> Iterator[str]:
    """Line by line; repairs keep lines, so the n-th of one is the n-th of the other."""
    for before, after in zip_longest(page.split("\n"), text.split("\n"), fillvalue=""):
        if before == after:
            yield clean(f"= {after}")
        else:
            yield from (clean(f"< {before}"), clean(f"> {after}"))


def _listed(name: str, rows: Sequence[Row] | None, limit: int, line: Callable[[Row], str]) -> Iterator[str]:
    if rows is None:
        return
    bound = limit if name in {"evidence", "articles"} else len(rows)
    yield from ("", f"■ {name.replace('_', ' ')} ({len(rows)})")
    yield from map(line, rows[:bound])
    if len(rows) > bound:
        yield f"… {bound} of {len(rows)} shown: --limit, or --format json for all"


def _fact(value: Any) -> str:
    return ", ".join(map(shown, value)) if isinstance(value, list) else shown(value)


def _evidence(row: Row) -> str:
    rests = "rests on a restored word" if row.get("rests_on_restoration") else ""
    how = [
        None if row.get("page_share") else row.get("kind"),
        row.get("finding"),
        row.get("assertion"),
        _own(row),
        row["rule"],
        rests,
        _shared(row),
    ]
    place = f"{row['field']} {row['char_start']}–{row['char_end']}" if row["field"] else ""
    archived = f"{row['warc_file']} @ {row['warc_offset']}" if row["warc_file"] else "not archived"
    quote, original = row["quote"], row["quote_original"]
    return "\n".join(
        clean(line)
        for line in (
            f"· {' / '.join(str(part) for part in how if part)}  {place}".rstrip(),
            *([f"    “{quote}”"] if quote is not None else []),
            *([f"    page: “{original}”"] if original not in (None, quote) else []),
            f"    {row['url']}  fetched {_moment(row['fetched_at'])}",
            f"    {archived}  sha256 {row['payload_sha256']}",
        )
    )


def _shared(row: Row) -> str:
    """Of what sites of an operator have in common: which, where, on how many pages."""
    if "page_share" not in row:
        return ""
    pages = f"{row['n_pages']} pages ({row['page_share']:.0%})"
    where = f"no. {row['ordinal']} / {row['site_id']} / {row['place']} of {pages}"
    return f"{where} / says {row['weight']} by itself"


def _site(row: Row) -> str:
    counted = ", ".join(f"{row[level]} {level}" for level in ("pages", "stories", "templates"))
    named = row["name"] if row["name"] != row["site_id"] else None
    known = [row["site_id"], named, row["home_url"], counted, f"shares {', '.join(row['shares'])}"]
    return clean("· " + "  ".join(str(part) for part in known if part))


def _own(row: Row) -> str:
    return "" if row.get("assertion") != "alleged" else "own" if row["own"] else "of a template"


def _moment(value: datetime | None) -> str:
    return shown(value)


def _edit(row: Row) -> str:
    place = f"{row['field']} {row['char_start']}–{row['char_end']}"
    return clean(
        f"· {row['kind']} ({row['confidence']}) {place}: “{row['original']}” → “{row['replacement']}”"
    )


def _note(row: Row) -> str:
    return clean(f"· {row['kind']} {row['field']} {row['char_start']}–{row['char_end']}: {row['suggestion']}")


def _removed(row: Row) -> str:
    return clean(f"· {row['reason']}: {row['text']}")


def _section(row: Row) -> str:
    title = " ".join(str(part) for part in (row["number"], row["heading"]) if part)
    return clean(f"{'  ' * row['level']}· {row['role']} {title}".rstrip())


def _version(row: Row) -> str:
    mark = " (current)" if row["is_current"] else ""
    told = f"{_moment(row['fetched_at'])} {row['article_id']} {row['n_chars']} characters"
    head = f"· {row['version']}{mark} {told}"
    return "\n".join([clean(head), *(f"    {clean(line)}" for line in row.get("changes", []))])


def _technical(row: Row) -> str:
    """The same page, read by other code."""
    since = f"since snapshot {row['snapshot']} (yuqi {row['yuqi']}), not as in {row['before']}"
    head = f"· {row['article_id']} {since}"
    return "\n".join([clean(head), *(f"    {clean(line)}" for line in row["changes"])])


def _member(row: Row) -> str:
    known = [
        row.get("article_id"),
        row.get("story_id"),
        row.get("kind"),
        row.get("site_id"),
        row.get("title"),
        row["url"],
    ]
    return clean("· " + "  ".join(str(part) for part in known if part))


LINES: dict[str, Callable[[Row], str]] = {
    "members": _site,
    "articles": _member,
    "evidence": _evidence,
    "edits": _edit,
    "repair_notes": _note,
    "lines_removed": _removed,
    "sections": _section,
    "versions": _version,
    "technical_versions": _technical,
}
