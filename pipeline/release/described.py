"""A written table as its descriptions tell of it: Croissant, data package, card and spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from pipeline.keys import PRIMARY, Reference, references
from pipeline.release.export import TABLES, Edition, Released

MAKERS = "The makers of this yuqi corpus"
SYNTHETIC = (
    "**SYNTHETIC 合成样本: every page, site and lender in it is invented; it says nothing about anybody.**"
)


@dataclass(frozen=True)
class Column:
    name: str
    type: pa.DataType
    comment: str


@dataclass(frozen=True)
class Described:
    name: str
    comment: str
    columns: tuple[Column, ...]
    rows: int

    @property
    def key(self) -> tuple[str, ...]:
        """Columns that no two rows share; empty where the rows are spans or events."""
        return PRIMARY.get(self.name, ())

    @property
    def references(self) -> tuple[Reference, ...]:
        return references(self.name, [column.name for column in self.columns], TABLES)


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

    @property
    def title(self) -> str:
        return "yuqi: debt-overdue content farms as evidence" + self.mark

    @property
    def abstract(self) -> str:
        said = f"{self.edition.name} edition of snapshot {self.snapshot}, method {self.method}"
        return f"{SYNTHETIC} {said}" if self.synthetic else said

    @property
    def cite_as(self) -> str:
        """In words; CITATION.cff has the same for programs."""
        return f"{MAKERS} ({self.date[:4]}). {self.title}. Version {self.version}, snapshot {self.snapshot}."

    @property
    def mark(self) -> str:
        return " (SYNTHETIC 合成样本)" if self.synthetic else ""


def described(table: Released, rows: int) -> Described:
    columns = tuple(
        Column(field.name, field.type, (field.metadata or {}).get(b"comment", b"").decode())
        for field in table.schema
    )
    return Described(table.name, table.comment, columns, rows)
