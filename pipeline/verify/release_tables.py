"""A release's tables against its own description: columns, types, rows of the three forms, keys, spans."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.questions import Questions
from pipeline.verify.checked import Checked
from pipeline.verify.release_forms import other_row

PACKAGE = "datapackage.json"
MAX_PACKAGE_BYTES = 16 << 20  # a description of thirty tables has 50 kB
TABLE_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
# A data package's types, and what stands in Parquet for them.
TYPES: Mapping[str, Callable[[pa.DataType], bool]] = {
    "boolean": pa.types.is_boolean,
    "integer": pa.types.is_integer,
    "number": pa.types.is_floating,
    "datetime": pa.types.is_timestamp,
    "string": pa.types.is_string,
}
QUESTIONS = Questions(Path(__file__).resolve().parent)

Resource = Mapping[str, Any]


def checked_tables(folder: Path) -> Iterator[Checked]:
    """Needs no workspace: everything is compared with what the release itself says."""
    try:
        resources = _resources(folder)
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield Checked("release-schema", PACKAGE, f"cannot be read: {error}")
        return
    sound = []
    for resource in resources:
        wrong = _wrong_schema(folder, resource)
        yield Checked("release-schema", resource["name"], wrong)
        if wrong is None:
            sound.append(resource)
            yield Checked("release-forms", resource["name"], _wrong_row(folder, resource["name"]))
    yield from _keys(folder, sound)
    yield from _spans(folder, [resource["name"] for resource in sound])


def _resources(folder: Path) -> list[Resource]:
    path = folder / PACKAGE
    if path.stat().st_size > MAX_PACKAGE_BYTES:
        raise ValueError("it is larger than any description")
    resources: list[Resource] = json.loads(path.read_text(encoding="utf-8"))["resources"]
    for resource in resources:
        if not TABLE_NAME.fullmatch(resource["name"]):
            raise ValueError(f"{resource['name']!r} is no name of a table")
        [(field["name"], TYPES[field["type"]]) for field in resource["schema"]["fields"]]
    return resources


def _wrong_schema(folder: Path, resource: Resource) -> str | None:
    name, fields = resource["name"], resource["schema"]["fields"]
    try:
        parquet = pq.ParquetFile(_parquet(folder, name))
        schema = parquet.schema_arrow
        if schema.names != [field["name"] for field in fields]:
            return f"the columns are {', '.join(schema.names)}"
        for field in fields:
            if not TYPES[field["type"]](schema.field(field["name"]).type):
                return f"{field['name']} is not of type {field['type']}"
    except (OSError, pa.ArrowException) as error:
        return f"cannot be read: {error}"
    return None


def _wrong_row(folder: Path, name: str) -> str | None:
    try:
        return other_row(folder, name)
    except (OSError, pa.ArrowException) as error:
        return f"cannot be read: {error}"


def _parquet(folder: Path, name: str) -> Path:
    return folder / "parquet" / f"{name}.parquet"


def _keys(folder: Path, resources: Sequence[Resource]) -> Iterator[Checked]:
    for resource in resources:
        name, schema = resource["name"], resource["schema"]
        if key := schema.get("primaryKey"):
            yield Checked("release-keys", name, _repeated(pq.read_table(_parquet(folder, name), columns=key)))
        for foreign in schema.get("foreignKeys", ()):
            yield Checked("release-keys", f"{name} {foreign['fields'][0]}", _orphans(folder, name, foreign))


def _repeated(keys: pa.Table) -> str | None:
    counted = keys.group_by(keys.column_names).aggregate([([], "count_all")])
    twice = counted.filter(pc.field("count_all") > 1).select(keys.column_names)
    if not twice.num_rows:
        return None
    first = ", ".join(map(str, twice.slice(0, 1).to_pylist()[0].values()))
    return f"{keys.num_rows - counted.num_rows} rows repeat a key; the first is {first}"


def _orphans(folder: Path, name: str, foreign: Mapping[str, Any]) -> str | None:
    target, (column,), (key,) = (
        foreign["reference"]["resource"],
        foreign["fields"],
        foreign["reference"]["fields"],
    )
    if not TABLE_NAME.fullmatch(target) or not _parquet(folder, target).is_file():
        return f"there is no table {target}"
    named = pq.read_table(_parquet(folder, name), columns=[column])[column].unique().drop_null()
    known = pq.read_table(_parquet(folder, target), columns=[key])[key]
    missing = named.filter(pc.invert(pc.is_in(named, value_set=known)))
    return (
        f"{len(missing)} values stand in no row of {target}; the first is {missing[0]}" if missing else None
    )


def _spans(folder: Path, names: Sequence[str]) -> Iterator[Checked]:
    """Quotes and spans; where the edition has texts, each span is the slice that it says."""
    with duckdb.connect() as connection:
        for name in names:
            connection.read_parquet(str(_parquet(folder, name))).create_view(name)
        has_texts = "text" in connection.table("articles").columns if "articles" in names else False
        for question in ("release_spans", *(("release_texts",) if has_texts else ())):
            try:
                wrong = QUESTIONS.rows(connection, question)
            except duckdb.CatalogException as error:
                wrong = [(question, f"a table is missing: {error}")]
            yield from (Checked("release-spans", record, said) for record, said in wrong)
            if not wrong:
                yield Checked("release-spans", question)
