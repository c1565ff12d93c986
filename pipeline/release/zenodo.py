""".zenodo.json: what an archive asks of whoever deposits a release there."""

from __future__ import annotations

from typing import Any

from pipeline.release.described import MAKERS, Facts

KEYWORDS = ("content farms", "near-duplicate detection", "debt collection", "Chinese")


def zenodo(facts: Facts) -> dict[str, Any]:
    """Metadata of a deposit, by the names that Zenodo's own interface has."""
    return {
        "upload_type": "dataset",
        "title": f"{facts.title}, version {facts.version}, {facts.edition.name} edition",
        "description": facts.abstract,
        "version": facts.version,
        "publication_date": facts.date,
        "creators": [{"name": MAKERS}],
        "access_right": "open" if facts.edition.name == "open" else "restricted",
        "license": "cc-by-4.0",
        "language": "zho",
        "keywords": [*KEYWORDS, *(["SYNTHETIC"] if facts.synthetic else [])],
    }
