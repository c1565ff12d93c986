"""The words of a release: card, method, datasheet, licence, citation, changelog, takedown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from string import Template

from pipeline.release.export import Edition, Released

TEXTS = Path(__file__).resolve().parent / "texts"
CARDS = (
    "README.md",
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
SYNTHETIC = (
    "**SYNTHETIC 合成样本: every page, site and lender in it is invented; it says nothing about anybody.**"
)


@dataclass(frozen=True)
class Described:
    """A written table as the card tells of it."""

    name: str
    comment: str
    columns: tuple[tuple[str, str, str], ...]  # name, type, meaning
    rows: int


@dataclass(frozen=True)
class Facts:
    """What the words are filled in with; nothing of it depends on a clock."""

    version: str
    edition: Edition
    snapshot: str
    method: str
    synthetic: bool
    takedowns: int
    contact: str | None

    @property
    def date(self) -> str:
        """Of the snapshot: 20240502T000000Z → 2024-05-02."""
        return f"{self.snapshot[:4]}-{self.snapshot[4:6]}-{self.snapshot[6:8]}"


def described(table: Released, rows: int) -> Described:
    columns = tuple(
        (field.name, str(field.type), (field.metadata or {}).get(b"comment", b"").decode())
        for field in table.schema
    )
    return Described(table.name, table.comment, columns, rows)


def write_cards(facts: Facts, tables: list[Described], folder: Path) -> None:
    values = _values(facts, tables)
    for name in CARDS:
        text = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
        (folder / name).write_text(Template(text).substitute(values), encoding="utf-8")


def _values(facts: Facts, tables: list[Described]) -> dict[str, str]:
    rows = {table.name: table.rows for table in tables}
    return {
        "version": facts.version,
        "edition": facts.edition.name,
        "snapshot": facts.snapshot,
        "date": facts.date,
        "method": facts.method,
        "synthetic": f"\n{SYNTHETIC}\n" if facts.synthetic else "",
        "title_mark": " (SYNTHETIC 合成样本)" if facts.synthetic else "",
        "quote": str(facts.edition.quote) if facts.edition.name == "open" else "any number of",
        "unsourced": "included; they are not citable" if facts.edition.unsourced else "left out",
        "takedowns": str(facts.takedowns),
        "contact": facts.contact or "whoever gave you this dataset",
        "size": _size(rows.get("articles", 0)),
        "articles": str(rows.get("articles", 0)),
        "configs": "\n".join(_config(table.name) for table in tables),
        "tables": "\n".join(f"| {t.name} | {t.rows} | {t.comment} |" for t in tables),
        "columns": "\n\n".join(map(_columns, tables)),
        "text_note": TEXT_NOTES[facts.edition.name],
    }


TEXT_NOTES = {
    "open": "This edition holds no full text: spans point into texts that the archived pages give again.",
    "full": "This edition holds the full texts; their rights are their authors'. Do not pass it on.",
}


def _config(name: str) -> str:
    return f"- config_name: {name}\n  data_files: parquet/{name}.parquet"


def _columns(table: Described) -> str:
    lines = [f"| {name} | {kind} | {said.replace('|', '/')} |" for name, kind, said in table.columns]
    return "\n".join([f"### {table.name}", "", "| column | type | meaning |", "| --- | --- | --- |", *lines])


def _size(articles: int) -> str:
    return next((name for bound, name in SIZES if articles < bound), "n>10M")
