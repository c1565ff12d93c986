"""One article: as extracted, beside the page as it was archived."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from crawler.archive import ArchiveError, read_page
from crawler.page import Fetch
from explorer.asked import AskedWrongly
from explorer.desk import Desk, NotThereError, Row, Table, View, whole
from explorer.marks import Piece, Span, lines, pieces
from pipeline.extract.clean import squeeze
from pipeline.page_text import page_lines
from pipeline.quote import original_span
from pipeline.records import Edit
from pipeline.redact import RedactWords
from pipeline.store.evidence import rows
from pipeline.store.look_up import Thing, shown
from pipeline.topic import load_topic, topic_folder

Place = tuple[str, int, int]  # field, first code point, end

PLACE = re.compile(r"(title|text):(\d{1,7})-(\d{1,7})")
SHORTEST_KEPT = 4  # characters: a shorter line stands in any text


@dataclass(frozen=True)
class ArchivedLine:
    parts: tuple[Piece, ...]
    is_kept: bool  # stands in the article, too


@dataclass(frozen=True)
class Archived:
    """One archived response; `lines` is None where it cannot be read, and `why` says it."""

    fetch: Row
    lines: tuple[ArchivedLine, ...] | None
    why: str = ""


def article(desk: Desk, said: str) -> View:
    found = rows(desk.connection, "find-article", said=said)
    if not found:
        raise NotThereError(said)
    known = found[0]["id"]
    thing = desk.opened.remember(
        ("article", known), lambda: shown(desk.connection, Thing("article", known), original=True)
    )
    anchor = _anchor(desk.asked.get("at"))
    cited = _own_words(thing, anchor) if anchor else ()
    spans = desk.opened.remember(("spans", known), lambda: desk.rows("spans", id=known))
    values = {
        "head": thing,
        "title": _field(thing, spans, "title", anchor),
        "lines": lines(_field(thing, spans, "text", anchor)),
        "cut": len(thing["text"]),
        "archived": desk.opened.remember(
            ("archived", known, cited, desk.is_operator),
            lambda: [_archived(desk, fetch, thing, cited) for fetch in desk.rows("archived", id=known)],
        ),
        "current": "articles",
    }
    return View("article.html", thing["title"], values, _tables(thing))


def _tables(thing: Row) -> tuple[Table, ...]:
    spans = [
        {name: value for name, value in row.items() if name not in ("sentence_start", "sentence_end")}
        for row in thing["evidence"]
    ]
    return (
        whole("findings", spans),
        whole("edits", thing["edits"]),
        whole("lines-removed", thing["lines_removed"]),
        whole("versions", thing["versions"]),
        whole("repair-notes", thing["repair_notes"]),
    )


def _anchor(said: str | None) -> Place | None:
    """`text:120-140`, as a link to a quote has it."""
    if said is None:
        return None
    match = PLACE.fullmatch(said)
    if match is None:
        raise AskedWrongly("at: a place such as text:120-140")
    return match[1], int(match[2]), int(match[3])


def _field(thing: Row, found: Sequence[Row], field: str, anchor: Place | None) -> list[Piece]:
    """The field with what was found in it and what was repaired."""
    spans = [
        Span(row["char_start"], row["char_end"], row["kind"], _label(row))
        for row in found
        if row["field"] == field
    ]
    spans += [
        Span(row["char_start"], row["char_end"], "edit", f"{row['kind']}: {row['original']}")
        for row in thing["edits"]
        if row["field"] == field
    ]
    at = Span(anchor[1], anchor[2], "at") if anchor and anchor[0] == field else None
    return pieces(thing[field], spans, at)


def _label(row: Row) -> str:
    return " · ".join(filter(None, (row["finding"], row["detail"])))


def _own_words(thing: Row, anchor: Place) -> tuple[str, ...]:
    """What the page itself says where the citation points, by line; nothing where that is no place of it."""
    field, start, end = anchor
    if not 0 <= start < end <= len(thing[field]) or field not in thing["original"]:
        return ()
    edits = [Edit(article_id=thing["id"], **row) for row in thing["edits"] if row["field"] == field]
    own = original_span(thing[field], thing["original"][field], edits, start, end)
    return tuple(line for line in own.split("\n") if len(line) >= SHORTEST_KEPT)


def _archived(desk: Desk, fetch: Row, thing: Row, cited: Sequence[str]) -> Archived:
    """Redacted for everybody but who runs this server: the archive is as the page was."""
    record = Fetch(**{name: fetch[name] for name in Fetch.__slots__})
    words = None if desk.is_operator else redact_words(desk.workspace.overrides)
    try:
        page = read_page(desk.workspace.root, record, sourced=thing["sourced"])
    except (ArchiveError, OSError) as error:
        return Archived(fetch, None, type(error).__name__)
    said = page_lines(page.payload, page.content_type, words)
    return Archived(fetch, None if said is None else _kept(said, thing["original"], cited))


def _kept(said: Sequence[str], original: dict[str, Any], cited: Sequence[str]) -> tuple[ArchivedLine, ...]:
    own = squeeze("\n".join(filter(None, original.values())))
    return tuple(
        ArchivedLine(
            tuple(pieces(line, _places(line, cited))),
            len(short := squeeze(line)) >= SHORTEST_KEPT and short in own,
        )
        for line in said
    )


def _places(line: str, cited: Sequence[str]) -> list[Span]:
    return [Span(at, at + len(words), "at") for words in cited if (at := line.find(words)) >= 0]


@cache
def redact_words(overrides: Path) -> RedactWords:
    return RedactWords.of(load_topic(topic_folder(), overrides).tables["repair"]["redact"])
