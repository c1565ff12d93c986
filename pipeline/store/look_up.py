"""What an id, a URL or a name stands for, and the object with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import unified_diff
from typing import Any

import duckdb

from crawler.definitions import DefinitionError
from pipeline.store.evidence import COLUMNS, Row, evidence, rows, telling
from pipeline.store.meta import facts
from pipeline.store.reports import platform_id
from pipeline.store.skeletons import own_sentences, template_parts

KINDS = ("article", "story", "template", "operator")
SHARED = (
    "site_id",
    "kind",
    "ordinal",
    "weight",
    "place",
    "n_pages",
    "page_share",
)  # of what sites have in common


@dataclass(frozen=True)
class Thing:
    """An object that stands in the corpus."""

    kind: str  # article, story, template, operator or platform
    id: str


def look_up(connection: duckdb.DuckDBPyConnection, said: str) -> Thing:
    """By id or URL, else a platform by id, name or alias."""
    for kind in KINDS:
        if found := rows(connection, f"find-{kind}", said=said):
            return Thing(kind, found[0]["id"])
    platform = platform_id(connection, said)
    if platform is None:
        raise DefinitionError(_why_not(connection, said))
    return Thing("platform", platform)


def shown(
    connection: duckdb.DuckDBPyConnection,
    thing: Thing,
    *,
    original: bool = False,
    versions: bool = False,
) -> Row:
    """The object as one nested row; `evidence` is always there."""
    if thing.kind == "article":
        article = _article(connection, thing.id, original=original, versions=versions)
        return article | {"made_by": {"run_id": article["run_id"], **_made_by(connection)}}
    head = rows(connection, thing.kind, id=thing.id)[0]
    articles = _articles(connection, thing)
    quoted = [row["article_id"] for row in articles if row.pop("quoted")]
    return {
        "kind": thing.kind,
        "id": thing.id,
        **head,
        **_parts(connection, thing, head),
        "articles": articles,
        "evidence": _evidence(connection, thing, quoted, articles),
        "made_by": _made_by(connection),
    }


def template(connection: duckdb.DuckDBPyConnection, template_id: str) -> Row:
    """The same of a template without its stories and their evidence, which are thousands."""
    head = rows(connection, "template", id=template_id)[0]
    parts = template_parts(connection, template_id)
    return {
        "kind": "template",
        "id": template_id,
        **head,
        **parts,
        "made_by": _made_by(connection),
    }


def stories_of_template(
    connection: duckdb.DuckDBPyConnection, template_id: str, first: int = 0, size: int | None = None
) -> list[Row]:
    """An article for each, the most copied first."""
    return rows(connection, "articles-of-template", id=template_id, first=first, size=size)


def _articles(connection: duckdb.DuckDBPyConnection, thing: Thing) -> list[Row]:
    if thing.kind == "template":
        return stories_of_template(connection, thing.id)
    return rows(connection, f"articles-of-{thing.kind}", id=thing.id)


def _made_by(connection: duckdb.DuckDBPyConnection) -> Row:
    """From a figure or a quote to what made it: snapshot, code, gazetteer, and the version of every stage."""
    held = facts(connection)
    stages = {name.removeprefix("stage-"): said for name, said in held.items() if name.startswith("stage-")}
    return {name: held.get(name) for name in ("snapshot", "yuqi", "topic", "topic_digest")} | {
        "stages": stages
    }


def _parts(connection: duckdb.DuckDBPyConnection, thing: Thing, head: Row) -> Row:
    """What a template, story or operator consists of, and how a platform is named."""
    if thing.kind == "template":
        return template_parts(connection, thing.id)
    if thing.kind == "story":
        return {"own_sentences": own_sentences(connection, head["representative_id"])}
    if thing.kind == "platform":
        return rows(connection, "platform-counts", id=thing.id)[0]
    if thing.kind == "operator":
        return {"members": rows(connection, "sites-of-operator", id=thing.id)}
    return {}


def _evidence(
    connection: duckdb.DuckDBPyConnection, thing: Thing, quoted: Sequence[str], articles: Sequence[Row]
) -> list[Row]:
    if thing.kind == "operator":
        return [_shared(connection, row) for row in articles]
    platform = thing.id if thing.kind == "platform" else None
    return telling(evidence(connection, quoted, platform))


def _shared(connection: duckdb.DuckDBPyConnection, page: Row) -> Row:
    """A shared fingerprint has no words to quote: the value is not stored. Its page and record say where."""
    article = rows(connection, "article", id=page["article_id"])[0]
    known: dict[str, Any] = dict.fromkeys(COLUMNS)
    known |= {column: article[column] for column in COLUMNS if column in article}
    return {**known, "rule": f"shared-{page['kind']}", **{name: page[name] for name in SHARED}}


def _article(
    connection: duckdb.DuckDBPyConnection, article_id: str, *, original: bool, versions: bool
) -> Row:
    said = rows(connection, "fields", articles=[article_id])
    kept = rows(connection, "versions", id=article_id)
    edits = [
        {key: value for key, value in row.items() if key != "article_id"}
        for row in rows(connection, "edits", articles=[article_id])
    ]
    return {
        "kind": "article",
        "id": article_id,
        **rows(connection, "article", id=article_id)[0],
        "own_sentences": own_sentences(connection, article_id),
        "evidence": evidence(connection, [article_id]),
        "edits": edits,
        **{
            name: rows(connection, name, id=article_id)
            for name in ("repair_notes", "lines_removed", "sections")
        },
        "versions": _with_changes(kept) if versions else [_without(row, "title", "text") for row in kept],
        **({"original": {row["field"]: row["original"] for row in said}} if original else {}),
    }


def _with_changes(kept: Sequence[Row]) -> list[Row]:
    """Every version with its lines that were not in the one before, and those that went."""
    before: list[str] = []
    told = []
    for row in kept:
        lines = [row["title"], *row["text"].splitlines()]
        told.append(row | {"changes": changed_lines(before, lines) if before else []})
        before = lines
    return told


def changed_lines(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Lines that went (-) and came (+), in the order of the text."""
    told = list(unified_diff(before, after, n=0, lineterm=""))[2:]
    return [line for line in told if not line.startswith("@@")]


def _without(row: Row, *columns: str) -> Row:
    return {key: value for key, value in row.items() if key not in columns}


def _why_not(connection: duckdb.DuckDBPyConnection, said: str) -> str:
    for drop in rows(connection, "find-dropped", said=said):
        return f"{said} yielded no article: {drop['reason']} (found out by {drop['stage']})"
    for change in rows(connection, "find-changed", said=said):
        living = ", ".join(change["new_ids"])
        heirs = f"see {living}" if living else "what it became has ended too"
        return f"{said} was {change['change']}; {heirs}"
    return f"`{said}` is no id, URL or platform of this corpus; see `yuqi report platforms`"
