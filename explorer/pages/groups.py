"""Templates, stories and operators: what belongs together, and by what evidence."""

from __future__ import annotations

from explorer.desk import Desk, NotThereError, Row, Table, View, paged, whole
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
    thing = desk.opened.remember((kind, said), lambda: _shown(desk, kind, said))
    parts = {"template": _template, "story": _story, "operator": _operator}[kind](thing)
    tables = [paged(table, desk.asked) for table in parts]
    if kind == "template":
        tables.insert(0, _stories(desk, thing))
    title = f"{say(desk.asked.lang, 'title', kind)} {thing['id']}"
    counts = whole("counts", [{name: thing[name] for name in COUNTS}])
    return View(f"{kind}.html", title, {"head": thing, "current": f"{kind}s"}, (*tables, counts))


def _shown(desk: Desk, kind: str, said: str) -> Row:
    if not rows(desk.connection, f"find-{kind}", said=said):
        raise NotThereError(said)
    if kind == "template":
        return template(desk.connection, said)
    return shown(desk.connection, Thing(kind, said))


def _stories(desk: Desk, thing: Row) -> Table:
    """Those of this page alone: a farm fills one text in thousands of times."""
    first, size = desk.asked.first, desk.asked.size
    key = ("stories", thing["id"], first, size)
    found = desk.opened.remember(key, lambda: stories_of_template(desk.connection, thing["id"], first, size))
    columns = tuple(name for name in (found[0] if found else ()) if name != "quoted")
    return Table("stories", columns, found, thing["stories"], first)


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
