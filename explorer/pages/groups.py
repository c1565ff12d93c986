"""Templates, stories and operators: what belongs together, and by what evidence."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.desk import Desk, NotThereError, Row, Table, View, beside, paged, whole
from explorer.quotes import COLUMNS as QUOTE_COLUMNS
from explorer.quotes import kept
from explorer.texts import say
from pipeline.store.evidence import rows
from pipeline.store.look_up import Thing, shown, stories_of_template, template

COUNTS = ("pages", "stories", "templates", "sites", "operators")
SLOT_COLUMNS = ("slot", "type", "surface", "platform_id", "n_stories", "n_sites", "article_id", "url")
SHARED_COLUMNS = (
    "ordinal",
    "kind",
    "weight",
    "site_id",
    "place",
    "n_pages",
    "page_share",
    "url",
    "fetched_at",
    "payload_sha256",
    "warc_file",
    "warc_offset",
)


def group(desk: Desk, said: str, *, kind: str) -> View:
    """A template, story or operator with its parts."""
    if not rows(desk.connection, f"find-{kind}", said=said):
        raise NotThereError(said)
    if kind == "template":
        return _template_page(desk, said)
    thing = desk.opened.remember((kind, said), lambda: shown(desk.connection, Thing(kind, said)))
    return _page(desk, thing, {"story": _story, "operator": _operator}[kind](thing))


def _template_page(desk: Desk, said: str) -> View:
    with beside(desk) as meanwhile:
        told = meanwhile(_told, said)
        thing = desk.opened.remember(("template", said), lambda: template(desk.connection, said))
        stories = told.result()
    columns = tuple(name for name in (stories[0] if stories else ()) if name != "quoted")
    shown_here = Table("stories", columns, stories, thing["stories"], desk.asked.first)
    return _page(desk, thing, _template(thing), first=(shown_here,))


def _told(desk: Desk, template_id: str) -> list[Row]:
    """Stories of this page alone: a farm fills one text in thousands of times."""
    first, size = desk.asked.first, desk.asked.size
    key = ("stories", template_id, first, size)
    return desk.opened.remember(key, lambda: stories_of_template(desk.connection, template_id, first, size))


def _page(desk: Desk, thing: Row, parts: Sequence[Table], first: tuple[Table, ...] = ()) -> View:
    """`first`: a table that holds no more than is shown."""
    kind = thing["kind"]
    title = f"{say(desk.asked.lang, 'title', kind)} {thing['id']}"
    counts = whole("counts", [{name: thing[name] for name in COUNTS}])
    tables = (*first, *(paged(table, desk.asked) for table in parts), counts)
    return View(f"{kind}.html", title, {"head": thing, "current": f"{kind}s"}, tables)


def _template(thing: Row) -> tuple[Table, ...]:
    fillers = [
        {**filler, "slot": slot["slot"], "type": slot["type"]}
        for slot in thing["slots"]
        for filler in slot["fillers"]
    ]
    sentences = [
        {name: row[name] for name in ("ordinal", "text", "n_stories", "n_compared", "n_alike", "n_moved")}
        for row in thing["sentences"]
    ]
    versions = [
        {"ordinal": row["ordinal"], **{n: v[n] for n in ("story_id", "site_id", "article_id", "text", "url")}}
        for row in thing["sentences"]
        for v in row["versions"]
    ]
    return (
        whole("sentences", sentences),
        whole("slots", fillers, SLOT_COLUMNS),
        whole("copies", versions),
        whole("found-on", thing["found_on"]),
    )


def _story(thing: Row) -> tuple[Table, ...]:
    quotes = whole("quotes", kept(thing["evidence"]), [c for c in QUOTE_COLUMNS if c in _held(thing)])
    return (whole("articles", thing["articles"]), quotes, whole("own-sentences", thing["own_sentences"]))


def _held(thing: Row) -> set[str]:
    return set(thing["evidence"][0]) if thing["evidence"] else set()


def _operator(thing: Row) -> tuple[Table, ...]:
    return (
        whole("sites", thing["members"]),
        whole("shared", thing["evidence"], SHARED_COLUMNS if thing["evidence"] else ()),
    )
