"""An object with its evidence as text for people: facts, text, evidence, what was changed and removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from itertools import zip_longest
from typing import Any

from explorer.texts import headings as explorer_headings
from explorer.texts import with_slots
from yuqi.formats import markdown_cell, shown
from yuqi.skeleton_portrait import PARTS, skeleton_lines
from yuqi.terminal import clean, clean_lines, pad
from yuqi.words import facts, headings, word

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
NAME_CELLS = 26  # of a fact, before its value
Row = Mapping[str, Any]
Say = Callable[..., str]


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
    say = partial(word, lang, "portrait")
    yield f"■ {say(thing['kind'])} {clean(thing['id'])}"
    for name, value in thing.items():
        if name not in LISTS | LONG | PARTS | {"kind", "id", "original", "archived", "made_by"}:
            yield f"{pad(_named(name, lang), NAME_CELLS)} {_fact(say, value)}"
    if thing.get("title_body_conflict"):
        yield f"! {say('conflict')}"
    if doubt := thing.get("published_doubt") or thing.get("first_published_doubt"):
        yield clean(f"! {say('farm-dates')}: {doubt}")
    if thing.get("sourced") is False:
        yield f"! {say('not-citable')}"
    for name in (name for name in ("text", "skeleton") if name in thing):
        said = with_slots(lang, thing[name] or "") if name == "skeleton" else thing[name] or ""
        yield from ("", f"■ {say(name)}", clean_lines(said))
    yield from skeleton_lines(thing, limit, lang)
    for field, said in thing.get("original", {}).items():
        yield from ("", f"■ {say('original', field=field)}", *beside(said, thing[field]))
    if "archived" in thing:
        yield from (
            "",
            f"■ {say('archived')} ({thing['archived']['warc_file']} @ {thing['archived']['warc_offset']})",
        )
        yield from map(clean, thing["archived"]["lines"])
    if made := thing.get("made_by"):
        yield from ("", f"■ {say('made-by')}", *_made_by(made, lang))
    for name, line in LINES.items():
        yield from _listed(name, thing.get(name), limit, partial(line, partial(word, lang, "portrait")))


def _made_by(made: Row, lang: str) -> Iterator[str]:
    """What somebody needs who wants to make the same again."""
    for name, value in {**made, **made["stages"]}.items():
        if name != "stages":
            yield clean(f"· {_named(name, lang)} {shown(value)}")


def _named(column: str, lang: str) -> str:
    """In English a fact has its column's name, as the other formats do."""
    return column if lang == "en" else _names(lang).get(column, column)


@cache
def _names(lang: str) -> dict[str, str]:
    return explorer_headings(lang) | facts() | headings(lang)


def beside(page: str, text: str) -> Iterator[str]:
    """Line by line; repairs keep lines, so the n-th of one is the n-th of the other."""
    for before, after in zip_longest(page.split("\n"), text.split("\n"), fillvalue=""):
        if before == after:
            yield clean(f"= {after}")
        else:
            yield from (clean(f"< {before}"), clean(f"> {after}"))


def _listed(name: str, rows: Sequence[Row] | None, limit: int, line: partial[str]) -> Iterator[str]:
    if rows is None:
        return
    bound = limit if name in {"evidence", "articles"} else len(rows)
    say = line.args[0]
    yield from ("", f"■ {say(name)} ({len(rows)})")
    yield from map(line, rows[:bound])
    if len(rows) > bound:
        yield say("cut", shown=bound, all=len(rows))


def _fact(say: Say, value: Any) -> str:
    if isinstance(value, bool):
        return say("yes" if value else "no")
    return ", ".join(map(shown, value)) if isinstance(value, list) else shown(value)


def _evidence(say: Say, row: Row) -> str:
    rests = say("restored") if row.get("rests_on_restoration") else ""
    how = [
        None if row.get("page_share") else row.get("kind"),
        row.get("finding"),
        row.get("assertion"),
        _own(say, row),
        row["rule"],
        rests,
        _shared(say, row),
    ]
    place = f"{row['field']} {row['char_start']}–{row['char_end']}" if row["field"] else ""
    archived = f"{row['warc_file']} @ {row['warc_offset']}" if row["warc_file"] else say("not-archived")
    quote, original = row["quote"], row["quote_original"]
    return "\n".join(
        clean(line)
        for line in (
            f"· {' / '.join(str(part) for part in how if part)}  {place}".rstrip(),
            *([f"    “{quote}”"] if quote is not None else []),
            *([f"    {say('page')} “{original}”"] if original not in (None, quote) else []),
            f"    {row['url']}  {say('fetched')} {_moment(row['fetched_at'])}",
            f"    {archived}  sha256 {row['payload_sha256']}",
        )
    )


def _shared(say: Say, row: Row) -> str:
    """Of what sites of an operator have in common: which, where, on how many pages."""
    if "page_share" not in row:
        return ""
    return say(
        "shared", no=row["ordinal"], site=row["site_id"], place=row["place"],
        pages=row["n_pages"], share=f"{row['page_share']:.0%}", weight=row["weight"],
    )  # fmt: skip


def _site(say: Say, row: Row) -> str:
    counted = say("counted", pages=row["pages"], stories=row["stories"], templates=row["templates"])
    named = row["name"] if row["name"] != row["site_id"] else None
    known = [row["site_id"], named, row["home_url"], counted, say("shares", kinds=", ".join(row["shares"]))]
    return clean("· " + "  ".join(str(part) for part in known if part))


def _own(say: Say, row: Row) -> str:
    return "" if row.get("assertion") != "alleged" else say("own" if row["own"] else "templated")


def _moment(value: datetime | None) -> str:
    return shown(value)


def _edit(_: Say, row: Row) -> str:
    place = f"{row['field']} {row['char_start']}–{row['char_end']}"
    return clean(
        f"· {row['kind']} ({row['confidence']}) {place}: “{row['original']}” → “{row['replacement']}”"
    )


def _note(_: Say, row: Row) -> str:
    return clean(f"· {row['kind']} {row['field']} {row['char_start']}–{row['char_end']}: {row['suggestion']}")


def _removed(_: Say, row: Row) -> str:
    return clean(f"· {row['reason']}: {row['text']}")


def _section(_: Say, row: Row) -> str:
    title = " ".join(str(part) for part in (row["number"], row["heading"]) if part)
    return clean(f"{'  ' * row['level']}· {row['role']} {title}".rstrip())


def _version(say: Say, row: Row) -> str:
    mark = f" ({say('current')})" if row["is_current"] else ""
    told = f"{_moment(row['fetched_at'])} {row['article_id']} {say('characters', count=row['n_chars'])}"
    head = f"· {row['version']}{mark} {told}"
    return "\n".join([clean(head), *(f"    {clean(line)}" for line in row.get("changes", []))])


def _technical(say: Say, row: Row) -> str:
    """The same page, read by other code."""
    since = say("technical", snapshot=row["snapshot"], yuqi=row["yuqi"], before=row["before"])
    head = f"· {row['article_id']} {since}"
    return "\n".join([clean(head), *(f"    {clean(line)}" for line in row["changes"])])


def _member(_: Say, row: Row) -> str:
    known = [
        row.get("article_id"),
        row.get("story_id"),
        row.get("kind"),
        row.get("site_id"),
        row.get("title"),
        row["url"],
    ]
    return clean("· " + "  ".join(str(part) for part in known if part))


LINES: dict[str, Callable[[Say, Row], str]] = {
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
