"""The search index of one snapshot, `<snapshot>.search/`: made from the one before, or from nothing.

It holds no text, only which pairs of characters stand where. A text that was taken out of the store, or that
newer code writes otherwise, must not live on in it; deleting leaves it in the files, so then the
index is made anew.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import tantivy

from pipeline import duck
from pipeline.questions import Questions
from pipeline.room import bounded
from pipeline.search.grams import characters, pairs

FORMAT = "pairs-1"  # of an index of another format nothing is taken over
FORMAT_FILE = "format"
LOCKS = ".tantivy-"  # what a writer leaves behind
HEAP = 64_000_000  # bytes that the writer gathers before it writes
BATCH = 1000  # texts held at once
SLICE = 20_000  # texts that are put in order at once: to sort those of a million articles takes gigabytes
QUESTIONS = Questions(Path(__file__).resolve().parent)


def index_folder(snapshot: Path) -> Path:
    return snapshot.with_suffix(".search")


def make_index(store: Path, folder: Path, before: Path | None) -> None:
    """The index of a store, in a folder that does not exist yet; `before`: that of an earlier snapshot."""
    with duck.opened(store, read_only=True, config=bounded(store)) as connection:
        known = opened(before) if before is not None else None
        indexed = _held(known)
        connection.register("indexed", indexed)
        if before is not None and indexed.num_rows and not QUESTIONS.rows(connection, "vanished"):
            _copy(before, folder)
        else:
            folder.mkdir()
            connection.register("indexed", indexed.slice(0, 0))
        _write(connection, folder)
    (folder / FORMAT_FILE).write_text(FORMAT, encoding="utf-8")


def opened(folder: Path) -> tantivy.Index | None:
    """None where there is no index, or one of another format."""
    try:
        if (folder / FORMAT_FILE).read_text(encoding="utf-8") != FORMAT:
            return None
        return _opened(str(folder), (folder / "meta.json").stat().st_mtime_ns)
    except (OSError, ValueError):
        return None


@lru_cache(maxsize=2)  # the newest, and the one that readers still hold
def _opened(folder: str, written: int) -> tantivy.Index:  # noqa: ARG001 (another index under the same name)
    return _ready(tantivy.Index.open(folder))


def fields() -> tantivy.Schema:
    """article: its id's number; digest: of its text; title, text: pairs of characters; chars: each once."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("article", indexed=True, fast=True)
    builder.add_unsigned_field("digest", fast=True)
    builder.add_text_field("title", tokenizer_name="given")
    builder.add_text_field("text", tokenizer_name="given")
    builder.add_text_field("chars", tokenizer_name="given", index_option="basic")
    return builder.build()


def matching(index: tantivy.Index, query: tantivy.Query) -> tuple[list[int], bool]:
    """Numbers of all articles that match; of all that do not, and True, where those are fewer.

    To hand out a number costs far more than to find it: a phrase of every article would take 100 ms.
    """
    searcher = index.searcher()
    limit = max(1, searcher.num_docs)
    unscored = tantivy.Query.const_score_query(query, 1.0)
    counted: Any = searcher.search(unscored, limit=1, count=True)  # its type stub lacks `count`
    others = bool(2 * counted.count > searcher.num_docs)
    if others:
        everything = tantivy.Query.all_query()
        unscored = tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, everything), (tantivy.Occur.MustNot, unscored)]
        )
    found = searcher.search(unscored, limit=limit, count=False)
    return _values(searcher, "article", [place for _, place in found.hits]), others


def _values(searcher: tantivy.Searcher, field: str, places: list[tantivy.DocAddress]) -> list[int]:
    values: list[Any] = searcher.fast_field_values(field, places)
    return values


def _ready(index: tantivy.Index) -> tantivy.Index:
    split = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("given", split)
    return index


def _held(index: tantivy.Index | None) -> pa.Table:
    """(article, digest) of every text in the index."""
    articles: list[int] = []
    digests: list[int] = []
    if index is not None and (searcher := index.searcher()).num_docs:
        hits = searcher.search(tantivy.Query.all_query(), limit=searcher.num_docs, count=False).hits
        places = [place for _, place in hits]
        articles, digests = _values(searcher, "article", places), _values(searcher, "digest", places)
    return pa.table({"article": pa.array(articles, pa.uint64()), "digest": pa.array(digests, pa.uint64())})


def _copy(before: Path, folder: Path) -> None:
    """Files of segments never change, and are linked; what lists them is replaced, and is copied."""
    folder.mkdir()
    for file in before.iterdir():
        if file.name.startswith(LOCKS) or file.name == FORMAT_FILE:
            continue
        if file.suffix == ".json":
            shutil.copyfile(file, folder / file.name)
        else:
            os.link(file, folder / file.name)


def _write(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    index = _ready(tantivy.Index(fields(), str(folder)))
    with index.writer(HEAP, 1) as writer:
        for (article,) in QUESTIONS.rows(connection, "superseded"):
            writer.delete_documents_by_term("article", article)
        for first, last in QUESTIONS.rows(connection, "slices", together=SLICE):
            cursor = connection.execute(QUESTIONS.sql("unindexed"), {"first": first, "last": last})
            while batch := cursor.fetchmany(BATCH):
                _add(writer, batch)
        writer.commit()
        writer.garbage_collect_files()
        writer.wait_merging_threads()


def _add(writer: tantivy.IndexWriter, batch: Iterable[tuple[int, int, str, str]]) -> None:
    for article, digest, title, text in batch:
        document = tantivy.Document()
        document.add_unsigned("article", article)
        document.add_unsigned("digest", digest)
        document.add_text("title", " ".join(pairs(title)))
        document.add_text("text", " ".join(pairs(text)))
        document.add_text("chars", " ".join(characters(title, text)))
        writer.add_document(document)
