"""What of pages that are to be taken down stands word for word on others: it is said, and left there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import duckdb

from pipeline.store import sql

SENTENCE_END = re.compile(r"[。！？!?；;\n]+")
BATCH = 500  # pairs of texts held at once
SHORTEST = 8  # characters of a sentence that is not everybody's


@dataclass(frozen=True)
class Repeated:
    url: str
    other_url: str
    sentences: int  # that both have


def repeated(connection: duckdb.DuckDBPyConnection, urls: Iterable[str]) -> Iterator[Repeated]:
    """Current articles of the same stories and templates that hold sentences of these pages."""
    name_taken(connection, urls)
    found = connection.execute(sql.sql("repeated"))
    while rows := found.fetchmany(BATCH):
        for url, text, other_url, other_text in map(tuple[str, ...], rows):
            if shared := len(sentences(text) & sentences(other_text)):
                yield Repeated(url, other_url, shared)


def name_taken(connection: duckdb.DuckDBPyConnection, urls: Iterable[str]) -> None:
    """The table that questions about them read."""
    connection.execute("CREATE OR REPLACE TEMP TABLE taken (url VARCHAR)")
    if rows := [(url,) for url in urls]:
        connection.executemany("INSERT INTO taken VALUES (?)", rows)


def sentences(text: str) -> set[str]:
    """
    >>> sorted(sentences("好。他们给通讯录里的人打了电话。"))
    ['他们给通讯录里的人打了电话']
    """
    return {one for one in map(str.strip, SENTENCE_END.split(text)) if len(one) >= SHORTEST}
