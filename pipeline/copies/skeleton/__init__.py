"""What a template says, induced from its stories: sentences, slots, fillers, and names that no list has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.copies.folds import Folds
from pipeline.copies.skeleton.copies import Copy, Sentence, columns_of
from pipeline.copies.skeleton.induce import fillers, induced, sentences, versions
from pipeline.copies.skeleton.kept import FACES, KEPT, RECORDS, STRANGERS, Skeletons
from pipeline.copies.skeleton.names import LEAST_FILLERS
from pipeline.copies.sql import lend
from pipeline.duck import streamed
from pipeline.questions import Questions
from pipeline.records import Mention
from pipeline.schema import arrow_schema, table_name, to_arrow

SAMPLED = 16  # stories of a template that are compared; a section that a third drops stands in ten of them
GUESTS = 48  # pages without a known lender that are asked for names: each may name another
MOST_SENTENCES = 400  # of an article; the longest of the sample sites has 60
TOGETHER = 64  # groups in memory at a time: some 1,000 texts
LEAST_SITES = 2  # on which a name must stand: what stands on one only is mostly the site's own name
LEAST_ALIKE = 2  # stories that have a word in the same place: it is fixed text
FACE: pa.Field[Any] = pa.field("face", pa.string())
STRANGE = pa.schema([FACE, pa.field("surface", pa.string())])
MADE = {table_name(record): arrow_schema(record) for record in RECORDS} | {STRANGERS: STRANGE}
# What is found is shown out of the rest.
DROPPED = ("skeleton_copies", "skeleton_names", "skeleton_due", "skeleton_texts", "skeleton_sentences")

_QUESTIONS = Questions(Path(__file__).resolve().parent)


def induce(connection: duckdb.DuckDBPyConnection, folds: Folds, skeletons: Skeletons | None = None) -> None:
    """article_groups, copy_articles → found_template_sentences, found_template_versions, found_slot_fillers,
    found_unlisted_names (`tables.copies`). Nothing but the texts of a group decides about its skeleton, so
    those that `skeletons` has of the build before are taken from it."""
    _QUESTIONS.run(connection, "sampled", sampled=SAMPLED, guests=GUESTS, least=LEAST_FILLERS)
    _QUESTIONS.run(connection, "sampled_names")
    _QUESTIONS.run(connection, "faces", folds=repr(folds))
    for name, kind in MADE.items():
        _insert(connection, name, kind.empty_table(), anew=True)
    _recall(connection, skeletons.last() if skeletons else None)
    due = [number for (number,) in _QUESTIONS.rows(connection, "due")]
    _QUESTIONS.run(connection, "sampled_texts")
    _QUESTIONS.run(connection, "sampled_sentences", most=MOST_SENTENCES)
    for groups in _batches(connection, folds, due):
        _make(connection, groups, folds.beside_names)
    if skeletons:
        skeletons.keep(connection, str(_QUESTIONS.rows(connection, "digest")[0][0]))
    _QUESTIONS.run(connection, "found")
    _QUESTIONS.run(connection, "unlisted", least_sites=LEAST_SITES, alike=LEAST_ALIKE)
    for name in DROPPED:
        connection.execute(f"DROP TABLE {name}")


def _recall(connection: duckdb.DuckDBPyConnection, last: Path | None) -> None:
    """Of groups that are the same as in the build before; known_faces, of all that it had."""
    if last is None:
        lend(connection, "known_faces", {"face": []}, [FACE])
        return
    connection.register("known_faces", pq.read_table(last / f"{FACES}.parquet", columns=["face"]))
    for name in KEPT:
        connection.execute(f"SET VARIABLE known_{name} = $file", {"file": str(last / f"{name}.parquet")})
    _QUESTIONS.run(connection, "recalled")


Group = tuple[str, bool, list[Copy]]  # its face; whether it is a template


def _batches(
    connection: duckdb.DuckDBPyConnection, folds: Folds, due: Sequence[int]
) -> Iterator[list[Group]]:
    for start in range(0, len(due), TOGETHER):
        some = {"numbers": due[start : start + TOGETHER]}
        names: defaultdict[str, list[Mention]] = defaultdict(list)
        for row in _QUESTIONS.rows(connection, "names_between", **some):
            names[row[0]].append(Mention(*row))
        sentences: defaultdict[str, list[Sentence]] = defaultdict(list)
        for article, *sentence in _QUESTIONS.rows(connection, "sentences_between", **some):
            sentences[article].append(Sentence(*sentence))
        rows = _QUESTIONS.rows(connection, "texts_between", **some)
        said = _Said(names, sentences, folds)
        yield [said.group(list(held)) for _, held in groupby(rows, key=lambda row: row[0])]


@dataclass(frozen=True)
class _Said:
    """What stands in the articles of a batch, by article."""

    names: Mapping[str, list[Mention]]
    sentences: Mapping[str, list[Sentence]]
    folds: Folds

    def group(self, rows: Sequence[tuple[Any, ...]]) -> Group:
        return rows[0][1], rows[0][2] is not None, [self._copy(row) for row in rows]

    def _copy(self, row: tuple[Any, ...]) -> Copy:
        *_, article, title, text, stands, is_known = row
        names, sentences = self.names.get(article, ()), self.sentences.get(article, ())
        return Copy(article, title, text, tuple(sentences), tuple(names), stands, is_known, self.folds)


def _make(connection: duckdb.DuckDBPyConnection, groups: Iterable[Group], beside: tuple[str, ...]) -> None:
    """Under their faces: which ids groups get, or keep, is another question."""
    found = [(face, told, induced(copies, columns_of(copies), beside)) for face, told, copies in groups]
    for record, rows_of in zip(RECORDS, (sentences, versions, fillers), strict=True):
        rows = [row for face, told, s in found if told for row in rows_of(face, s)]
        _insert(connection, table_name(record), to_arrow(record, rows))
    strange = [(face, name) for face, _, skeleton in found for name in sorted(skeleton.names)]
    columns = [[face for face, _ in strange], [name for _, name in strange]]
    _insert(connection, STRANGERS, pa.table(columns, schema=STRANGE))


def _insert(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table, *, anew: bool = False) -> None:
    connection.register("skeleton_rows", streamed(rows.schema, iter(rows.to_batches())))
    into = "CREATE OR REPLACE TEMP TABLE made_{} AS FROM" if anew else "INSERT INTO made_{} FROM"
    connection.execute(into.format(name) + " skeleton_rows").fetchall()
    connection.unregister("skeleton_rows")


__all__ = ["Skeletons", "induce"]
