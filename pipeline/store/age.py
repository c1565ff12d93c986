"""Whether a store holds every table and column that this code reads."""

from __future__ import annotations

import re
from functools import cache

import duckdb

from crawler.workspace import FailedError
from pipeline.schema import columns, table_name
from pipeline.store import sql
from pipeline.tables.corpus import CORPUS

OF_VIEW = re.compile(r"COMMENT ON COLUMN (\w+)\.(\w+) IS")  # every column of a view has one


class OlderStoreError(FailedError):
    """A snapshot that older code made: a rebuild from the archive makes it whole."""


def check_age(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Refuse a store that lacks what the questions ask for; what it has besides is left alone."""
    held = set(sql.rows(connection, "columns"))
    if lacking := sorted(_needed() - held):
        raise older(name, ".".join(lacking[0]))


def older(name: str, lacking: str) -> OlderStoreError:
    return OlderStoreError(f"snapshot {name} was made by an older yuqi ({lacking}): run `yuqi build`")


@cache
def _needed() -> frozenset[tuple[str, str]]:
    tables = ((table_name(record), column) for record in CORPUS for column, *_ in columns(record))
    return frozenset(tables) | frozenset(OF_VIEW.findall(sql.sql("counts")))
