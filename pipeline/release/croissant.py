"""croissant.json: the Parquet tables for programs that load a dataset by its description (Croissant 1.1).

Foreign keys stand in datapackage.json only: readers of Croissant join what is referenced as they load, and
fail where one table is referenced by way of another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.release.described import MAKERS, Column, Described, Facts

CONTEXT = Path(__file__).resolve().parent / "texts" / "croissant-context.json"
CONFORMS_TO = "http://mlcommons.org/croissant/1.1"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
PARQUET = "application/x-parquet"
TYPES = (
    (pa.types.is_boolean, "sc:Boolean"),
    (pa.types.is_integer, "cr:Int64"),
    (pa.types.is_floating, "cr:Float64"),
    (pa.types.is_timestamp, "sc:DateTime"),
    (pa.types.is_string, "sc:Text"),
)


def croissant(facts: Facts, tables: Sequence[Described], digests: Mapping[str, str]) -> dict[str, Any]:
    """`digests`: file below the release's folder → SHA-256."""
    return {
        "@context": json.loads(CONTEXT.read_text(encoding="utf-8")),
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": f"yuqi-{facts.version}-{facts.edition.name}",
        "alternateName": facts.title,
        "description": facts.abstract,
        "citeAs": facts.cite_as,
        "datePublished": facts.date,
        "inLanguage": "zh",
        "license": LICENCE,
        "version": facts.version,
        "isLiveDataset": False,
        "creator": {"@type": "sc:Organization", "name": MAKERS},
        "distribution": [_file(table, digests) for table in tables],
        "recordSet": [_records(table) for table in tables],
    }


def _file(table: Described, digests: Mapping[str, str]) -> dict[str, Any]:
    name = f"parquet/{table.name}.parquet"
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": table.name,
        "description": table.comment,
        "contentUrl": name,
        "encodingFormat": PARQUET,
        "sha256": digests[name],
    }


def _records(table: Described) -> dict[str, Any]:
    held: dict[str, Any] = {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.comment,
        "field": [_field(table, column) for column in table.columns],
    }
    if table.key:
        held["key"] = [{"@id": f"{table.name}/{column}"} for column in table.key]
    return held


def _field(table: Described, column: Column) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.comment,
        "dataType": next(said for is_type, said in TYPES if is_type(column.type)),
        "source": {
            "fileObject": {"@id": f"parquet/{table.name}.parquet"},
            "extract": {"column": column.name},
        },
    }
