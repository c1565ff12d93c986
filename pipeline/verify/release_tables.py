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

from pipeline.duck import opened
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
ROW = "row number"  # counted from 1; no name of a column has a blank
QUESTIONS = Questions(Path(__file__).resolve().parent)

Resource = Mapping[str, Any]


def checked_tables(folder: Path) -> Iterator[Checked]:
    """Needs no workspace: everything is compared with what the release itself says."""
    try:
        resources = _resources(folder)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        yield Checked("release-schema", PACKAGE, f"cannot be read: {error or type(error).__name__}")
        return
    sound = []
    for resource in resources:
        wrong = _wrong_schema(folder, resource)
        yield Checked("release-schema", resource["name"], wrong)
        if wrong is None:
            unread, other = _wrong_row(folder, resource["name"])
            yield Checked("release-forms", resource["name"], unread or other)
            sound += [] if unread else [resource]
    for name in sorted({path.stem for path in folder.glob("parquet/*")} - {r["name"] for r in resources}):
        yield Checked("release-schema", name, f"stands in no description of {PACKAGE}")
    yield from _keys(folder, sound)
    yield from _spans(folder, [resource["name"] for resource in sound])


def _resources(folder: Path) -> list[Resource]:
    """Of a description that may be anybody's: no name in it leads out of the folder, or to nothing."""
    path = folder / PACKAGE
    if path.stat().st_size > MAX_PACKAGE_BYTES:
        raise ValueError("it is larger than any description")
    resources: list[Resource] = json.loads(path.read_text(encoding="utf-8"))["resources"]
    fields = {}
    for resource in resources:
        if not TABLE_NAME.fullmatch(resource["name"]):
            raise ValueError(f"{resource['name']!r} is no name of a table")
        [TYPES[field["type"]] for field in resource["schema"]["fields"]]
        fields[resource["name"]] = {field["name"] for field in resource["schema"]["fields"]}
    for resource in resources:
        _check_keys(resource, fields)
    return resources


def _check_keys(resource: Resource, fields: Mapping[str, set[str]]) -> None:
    name, schema = resource["name"], resource["schema"]
    if not isinstance(key := schema.get("primaryKey", []), list) or not fields[name].issuperset(key):
        raise ValueError(f"the key of {name} is no list of its columns")
    for foreign in schema.get("foreignKeys", ()):
        (column,), (key,) = foreign["fields"], foreign["reference"]["fields"]
        target = foreign["reference"]["resource"]
        if column not in fields[name] or key not in fields.get(target, ()):
            raise ValueError(f"a foreign key of {name} names a column that is not there")


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


def _wrong_row(folder: Path, name: str) -> tuple[str | None, str | None]:
    """Why Parquet cannot be read; which row of the other forms is not as there."""
    try:
        return None, other_row(folder, name)
    except (OSError, pa.ArrowException) as error:
        return f"parquet/{name}.parquet cannot be read: {error}", None


def _parquet(folder: Path, name: str) -> Path:
    return folder / "parquet" / f"{name}.parquet"


def _keys(folder: Path, resources: Sequence[Resource]) -> Iterator[Checked]:
    names = {resource["name"] for resource in resources}
    for resource in resources:
        name, schema = resource["name"], resource["schema"]
        if key := schema.get("primaryKey"):
            yield Checked("release-keys", name, _repeated(pq.read_table(_parquet(folder, name), columns=key)))
        for foreign in schema.get("foreignKeys", ()):
            if foreign["reference"]["resource"] in names:  # of one that cannot be read that was said
                yield Checked(
                    "release-keys", f"{name} {foreign['fields'][0]}", _orphans(folder, name, foreign)
                )


def _repeated(keys: pa.Table) -> str | None:
    rows = keys.append_column(ROW, pa.array(range(1, keys.num_rows + 1)))
    counted = rows.group_by(keys.column_names).aggregate([(ROW, "count"), (ROW, "max")])
    twice = counted.filter(pc.field(f"{ROW}_count") > 1).sort_by(f"{ROW}_max")
    if not twice.num_rows:
        return None
    (first,) = twice.slice(0, 1).to_pylist()
    said = ", ".join(str(first[name]) for name in keys.column_names)
    more = keys.num_rows - counted.num_rows
    return f"{more} rows repeat a key; the first is {said} in row {first[f'{ROW}_max']}"


def _orphans(folder: Path, name: str, foreign: Mapping[str, Any]) -> str | None:
    (column,), (key,) = foreign["fields"], foreign["reference"]["fields"]
    target = foreign["reference"]["resource"]
    named = pq.read_table(_parquet(folder, name), columns=[column])[column]
    known = pq.read_table(_parquet(folder, target), columns=[key])[key]
    missing = pc.and_(pc.is_valid(named), pc.invert(pc.is_in(named, value_set=known)))
    if (row := pc.index(missing, True).as_py()) < 0:
        return None
    values = len(named.filter(missing).unique())
    return f"{values} values stand in no row of {target}; the first is {named[row]} in row {row + 1}"


def _spans(folder: Path, names: Sequence[str]) -> Iterator[Checked]:
    """Quotes and spans; where the edition has texts, each span is the slice that it says."""
    with opened() as connection:
        for name in names:
            connection.read_parquet(str(_parquet(folder, name))).create_view(name)
        has_texts = "text" in connection.table("articles").columns if "articles" in names else False
        for question in ("release_spans", *(("release_texts",) if has_texts else ())):
            try:
                wrong = QUESTIONS.rows(connection, question)
            except duckdb.Error as error:
                wrong = [(question, f"cannot be asked, a table or column is missing: {error}")]
            yield from (Checked("release-spans", record, said) for record, said in wrong)
            if not wrong:
                yield Checked("release-spans", question)
