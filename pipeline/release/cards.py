"""The words of a release: card, method, datasheet, licence, citation, changelog, takedown."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

from pipeline.release.changes import Changes
from pipeline.release.described import MAKERS, SYNTHETIC, Described, Facts

TEXTS = Path(__file__).resolve().parent / "texts"
CARDS = (
    "README.md",
    "README.zh.md",
    "METHOD.md",
    "DATASHEET.md",
    "LICENSE-DATA",
    "CITATION.cff",
    "CHANGELOG.md",
    "TAKEDOWN.md",
)
SIZES = (
    (10**3, "n<1K"),
    (10**4, "1K<n<10K"),
    (10**5, "10K<n<100K"),
    (10**6, "100K<n<1M"),
    (10**7, "1M<n<10M"),
)


EDITIONS_ZH = {"open": "公开版", "full": "全文版"}


def write_cards(
    facts: Facts,
    tables: list[Described],
    changes: Changes | None,
    answers: Mapping[str, Any],
    folder: Path,
) -> None:
    """`answers`: the row of datasheet.sql."""
    told = {name: str("no date" if value is None else value) for name, value in answers.items()}
    values = told | _values(facts, tables) | {"changes": _changes(changes)}
    for name in CARDS:
        text = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
        (folder / name).write_text(Template(text).substitute(values), encoding="utf-8")


def _values(facts: Facts, tables: list[Described]) -> dict[str, str]:
    rows = {table.name: table.rows for table in tables}
    return {
        "version": facts.version,
        "edition": facts.edition.name,
        "edition_zh": EDITIONS_ZH[facts.edition.name],
        "snapshot": facts.snapshot,
        "date": facts.date,
        "method": facts.method,
        "synthetic": f"\n{SYNTHETIC}\n" if facts.synthetic else "",
        "title": facts.title,
        "title_mark": facts.mark,
        "abstract": facts.abstract,
        "makers": MAKERS,
        "quote": str(facts.edition.quote) if facts.edition.name == "open" else "any number of",
        "unsourced": "included; they are not citable" if facts.edition.unsourced else "left out",
        "takedowns": str(facts.takedowns),
        "contact": facts.contact or "whoever gave you this dataset",
        "size": _size(rows.get("articles", 0)),
        "articles": str(rows.get("articles", 0)),
        "configs": "\n".join(_config(table.name) for table in tables if table.rows),
        "without_rows": _without_rows([table.name for table in tables if not table.rows]),
        "tables": "\n".join(f"| {t.name} | {t.rows} | {t.comment} |" for t in tables),
        "columns": "\n\n".join(map(_columns, tables)),
        "text_note": TEXT_NOTES[facts.edition.name],
    }


TEXT_NOTES = {
    "open": "This edition holds no full text: spans point into texts that the archived pages give again.",
    "full": "This edition holds the full texts; their rights are their authors'. Do not pass it on.",
}


def _changes(changes: Changes | None) -> str:
    if changes is None:
        return "The first release, or none of an earlier version stands beside it: nothing to compare with."
    return (
        f"Since {changes.since}, by URLs of current articles: {changes.added} added,"
        f" {changes.changed} changed, {changes.gone} gone from their sites (still counted),"
        f" {changes.taken_down} taken down, {changes.removed} no article any more for other reasons."
    )


def _without_rows(names: list[str]) -> str:
    """Hugging Face's loader (datasets 5.2) fails at a split without rows, so such tables are no configs."""
    if not names:
        return "Every table has rows, and is a config above."
    return f"Without rows, and so no configs above, which `datasets` would refuse: {', '.join(names)}."


def _config(name: str) -> str:
    return f"- config_name: {name}\n  data_files: parquet/{name}.parquet"


def _columns(table: Described) -> str:
    lines = [f"| {c.name} | {c.type} | {c.comment.replace('|', '/')} |" for c in table.columns]
    return "\n".join([f"### {table.name}", "", "| column | type | meaning |", "| --- | --- | --- |", *lines])


def _size(articles: int) -> str:
    return next((name for bound, name in SIZES if articles < bound), "n>10M")
