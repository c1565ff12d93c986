"""datapackage.json: the CSV tables with types and foreign keys (Frictionless Data Package)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from pipeline.release.described import Column, Described, Facts

TYPES = (
    (pa.types.is_boolean, "boolean"),
    (pa.types.is_integer, "integer"),
    (pa.types.is_floating, "number"),
    (pa.types.is_timestamp, "datetime"),
    (pa.types.is_string, "string"),
)


def datapackage(facts: Facts, tables: Sequence[Described], digests: Mapping[str, str]) -> dict[str, Any]:
    """`digests`: file below the release's folder → SHA-256."""
    return {
        "profile": "tabular-data-package",
        "name": f"yuqi-{facts.version}-{facts.edition.name}",
        "title": facts.title,
        "description": facts.abstract,
        "version": facts.version,
        "created": f"{facts.date}T00:00:00Z",
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "resources": [_resource(table, digests) for table in tables],
    }


def _resource(table: Described, digests: Mapping[str, str]) -> dict[str, Any]:
    name = f"csv/{table.name}.csv"
    return {
        "name": table.name,
        "title": table.comment,
        "path": name,
        "profile": "tabular-data-resource",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "hash": f"sha256:{digests[name]}",
        "dialect": {"lineTerminator": "\n"},
        "schema": _schema(table),
    }


def _schema(table: Described) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.references:
        schema["foreignKeys"] = [
            {"fields": [r.column], "reference": {"resource": r.table, "fields": [r.key]}}
            for r in table.references
        ]
    return schema


def _field(column: Column) -> dict[str, Any]:
    kind = next(said for is_type, said in TYPES if is_type(column.type))
    return {"name": column.name, "type": kind, "description": column.comment}
