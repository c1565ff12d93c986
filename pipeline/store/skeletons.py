"""What a template says and who fills it in, and what a story says alone."""

from __future__ import annotations

from collections import defaultdict

import duckdb

from pipeline.store.differences import marked
from pipeline.store.evidence import Row, rows


def template_parts(connection: duckdb.DuckDBPyConnection, template_id: str) -> Row:
    """Sites, slots with their fillers, and sentences, each with the compared stories' versions."""
    said = rows(connection, "skeleton", id=template_id)
    held: defaultdict[int, list[Row]] = defaultdict(list)
    wording = {row["ordinal"]: row["text"] for row in said}
    for version in _versions(connection, template_id):
        ordinal = version.pop("ordinal")
        held[ordinal].append(version | {"marked": marked(wording[ordinal], version["text"].strip())})
    return {
        "found_on": rows(connection, "sites-of-template", id=template_id),
        "slots": rows(connection, "slots", id=template_id),
        "sentences": [row | {"versions": held[row["ordinal"]]} for row in said],
    }


def _versions(connection: duckdb.DuckDBPyConnection, template_id: str) -> list[Row]:
    """With what each story says there, by sentence and story; of texts only those compared are read."""
    placed = rows(connection, "skeleton-versions", id=template_id)
    articles = sorted({row["article_id"] for row in placed})
    said = {row["article_id"]: row for row in rows(connection, "compared", articles=articles)}
    told = [_version(row, said[row["article_id"]]) for row in placed if row["article_id"] in said]
    return sorted(told, key=lambda row: (row["ordinal"], row["story_id"] or "", row["article_id"]))


def _version(placed: Row, said: Row) -> Row:
    about = {name: said[name] for name in ("story_id", "site_id", "url")}
    text = said["text"][placed["char_start"] : placed["char_end"]]
    return {**placed, **about, "text": text}


def own_sentences(connection: duckdb.DuckDBPyConnection, article_id: str) -> list[Row]:
    """Sentences that stand in no other story, as spans and text."""
    return rows(connection, "own-sentences", id=article_id)
