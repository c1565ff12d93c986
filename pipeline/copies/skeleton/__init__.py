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

from pipeline.copies.folds import Folds
from pipeline.copies.skeleton.copies import Copy, Sentence, columns_of
from pipeline.copies.skeleton.induce import Skeleton, fillers, induced, sentences, versions
from pipeline.copies.skeleton.names import LEAST_FILLERS
from pipeline.copies.sql import lend
from pipeline.questions import Questions
from pipeline.records import Mention
from pipeline.schema import table_name, to_arrow
from pipeline.tables.copies import SlotFiller, TemplateSentence, TemplateVersion

SAMPLED = 16  # stories of a template that are compared; a section that a third drops stands in ten of them
GUESTS = 48  # pages without a known lender that are asked for names: each may name another
MOST_SENTENCES = 400  # of an article; the longest of the sample sites has 60
TOGETHER = 64  # groups in memory at a time: some 1,000 texts
LEAST_SITES = 2  # on which a name must stand: what stands on one only is mostly the site's own name
LEAST_ALIKE = 2  # stories that have a word in the same place: it is fixed text
STRANGE = [pa.field("held", pa.string()), pa.field("surface", pa.string())]

_QUESTIONS = Questions(Path(__file__).resolve().parent)


def induce(connection: duckdb.DuckDBPyConnection, folds: Folds) -> None:
    """article_groups → found_template_sentences, found_template_versions, found_slot_fillers,
    found_unlisted_names (`tables.copies`). Nothing but the texts of a group decides about its skeleton."""
    _QUESTIONS.run(connection, "sampled", sampled=SAMPLED, guests=GUESTS, least=LEAST_FILLERS)
    _QUESTIONS.run(connection, "sampled_texts")
    _QUESTIONS.run(connection, "sampled_names")
    _QUESTIONS.run(connection, "sampled_sentences", most=MOST_SENTENCES)
    for record in (TemplateSentence, TemplateVersion, SlotFiller):
        _insert(connection, record, (), anew=True)
    strange: list[tuple[str, str]] = []
    for groups in _batches(connection, folds):
        found = [
            (held, template_id, induced(copies, columns_of(copies), folds.beside_names))
            for held, template_id, copies in groups
        ]
        strange += [(held, name) for held, _, skeleton in found for name in sorted(skeleton.names)]
        _insert_rows(connection, [(template_id, s) for _, template_id, s in found if template_id])
    columns = {"held": [held for held, _ in strange], "surface": [name for _, name in strange]}
    lend(connection, "skeleton_strangers", columns, STRANGE)
    _QUESTIONS.run(connection, "unlisted", least_sites=LEAST_SITES, alike=LEAST_ALIKE)
    for name in ("skeleton_copies", "skeleton_texts", "skeleton_names", "skeleton_sentences"):
        connection.execute(f"DROP TABLE {name}")


Group = tuple[str, str | None, list[Copy]]


def _batches(connection: duckdb.DuckDBPyConnection, folds: Folds) -> Iterator[list[Group]]:
    (count,) = connection.execute("SELECT coalesce(max(number) + 1, 0) FROM skeleton_copies").fetchall()[0]
    for start in range(0, count, TOGETHER):
        bounds = {"start": start, "end": start + TOGETHER}
        names: defaultdict[str, list[Mention]] = defaultdict(list)
        for row in _QUESTIONS.rows(connection, "names_between", **bounds):
            names[row[0]].append(Mention(*row))
        sentences: defaultdict[str, list[Sentence]] = defaultdict(list)
        for article, *sentence in _QUESTIONS.rows(connection, "sentences_between", **bounds):
            sentences[article].append(Sentence(*sentence))
        rows = _QUESTIONS.rows(connection, "texts_between", **bounds)
        said = _Said(names, sentences, folds)
        yield [said.group(list(held)) for _, held in groupby(rows, key=lambda row: row[0])]


@dataclass(frozen=True)
class _Said:
    """What stands in the articles of a batch, by article."""

    names: Mapping[str, list[Mention]]
    sentences: Mapping[str, list[Sentence]]
    folds: Folds

    def group(self, rows: Sequence[tuple[Any, ...]]) -> Group:
        return rows[0][1], rows[0][2], [self._copy(row) for row in rows]

    def _copy(self, row: tuple[Any, ...]) -> Copy:
        *_, article, title, text, stands, is_known = row
        names, sentences = self.names.get(article, ()), self.sentences.get(article, ())
        return Copy(article, title, text, tuple(sentences), tuple(names), stands, is_known, self.folds)


def _insert_rows(connection: duckdb.DuckDBPyConnection, found: list[tuple[str, Skeleton]]) -> None:
    for record, rows_of in (
        (TemplateSentence, sentences),
        (TemplateVersion, versions),
        (SlotFiller, fillers),
    ):
        _insert(connection, record, [row for template_id, s in found for row in rows_of(template_id, s)])


def _insert(
    connection: duckdb.DuckDBPyConnection, record: type, rows: Iterable[Any], *, anew: bool = False
) -> None:
    connection.register("skeleton_rows", to_arrow(record, rows))
    into = "CREATE OR REPLACE TEMP TABLE found_{} AS FROM" if anew else "INSERT INTO found_{} FROM"
    connection.execute(into.format(table_name(record)) + " skeleton_rows").fetchall()
    connection.unregister("skeleton_rows")


__all__ = ["induce"]
