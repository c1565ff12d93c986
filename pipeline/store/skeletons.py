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
    for version in rows(connection, "skeleton-versions", id=template_id):
        ordinal = version.pop("ordinal")
        held[ordinal].append(version | {"marked": marked(wording[ordinal], version["text"].strip())})
    return {
        "found_on": rows(connection, "sites-of-template", id=template_id),
        "slots": rows(connection, "slots", id=template_id),
        "sentences": [row | {"versions": held[row["ordinal"]]} for row in said],
    }


def own_sentences(connection: duckdb.DuckDBPyConnection, article_id: str) -> list[Row]:
    """Sentences that stand in no other story, as spans and text."""
    return rows(connection, "own-sentences", id=article_id)
