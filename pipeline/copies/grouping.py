"""The global step: stories, templates, own text, operators and their ids, on one connection."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from operator import itemgetter
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from pipeline.copies.folds import Folds
from pipeline.copies.ids import KINDS, Assignments, Cluster, Kind, assign
from pipeline.copies.operators import Operator, evidence_rows, operators
from pipeline.copies.pairs import Join, pairs_of
from pipeline.copies.remembered import Remembered
from pipeline.copies.sentences import compare_sentences
from pipeline.copies.site_prints import shown
from pipeline.copies.skeleton import Skeletons, induce
from pipeline.copies.sql import lend, lend_table, numbers, rows, run, statement, take_back
from pipeline.copies.stories import Told, stories, tellers
from pipeline.copies.templates import OTHER_THRESHOLDS, Units, cluster_units, compared_units
from pipeline.schema import to_arrow
from pipeline.tables.copies import IdChange, OperatorEvidence, OperatorRow

GIVEN: list[pa.Field[Any]] = [
    pa.field("kind", pa.string()),
    pa.field("number", pa.int64()),
    pa.field("id", pa.string()),
]
OPERATED: list[pa.Field[Any]] = [pa.field("site_id", pa.string()), pa.field("operator_id", pa.string())]

LENT = ("copy_ids", "copy_thresholds")
FETCHED = 10_000  # groups at a time

Held = Mapping[tuple[Kind, str], str]


@dataclass(frozen=True)
class Means:
    """What a grouping may use and can do without: what an earlier one found, and others who join bands."""

    remembered: Remembered = field(default_factory=Remembered)
    join: Join = pairs_of
    skeletons: Skeletons | None = None


def group(
    connection: duckdb.DuckDBPyConnection,
    folds: Folds,
    held: Callable[[], Held],
    snapshot: str,
    means: Means | None = None,
) -> Assignments:
    """Stories, templates, operators; what `Journal.commit` is to be given when the build is published.

    Reads, as tables or views: part_articles (records.Article), versions (article_id, is_current),
    part_mentions, part_practices, part_fingerprints, part_text_keys, part_sentence_keys.
    Makes, as temporary tables: article_groups (article_id, story_id, template_id, is_representative,
    own_share), practice_own (article_id, practice_id, field, char_start, char_end, own: those that are),
    own_sentence_rows (as tables.OwnSentence), what `skeleton.induce` makes, threshold_groups (article_id,
    threshold, story, template), site_operators (site_id, operator_id), operator_rows (as
    tables.OperatorRow), operator_evidence_rows (tables.OperatorEvidence) and id_change_rows (as
    tables.IdChange; of this build only).
    `held` is asked for when all is compared: of a million articles it is half a gigabyte.
    No order of articles, parts or fetches changes anything, nor do the means; of ids only the journal's
    content decides.
    """
    run(connection, "inputs")
    means = means or Means()
    _compare(connection, means)
    found = operators(shown(connection))
    numbered, clusters = _clusters(connection)
    assigned = assign(held(), [*clusters, *_operator_clusters(connection, found)], snapshot)
    _lend_ids(connection, clusters, numbered, assigned.ids)
    _lend_operators(connection, found, assigned.ids[len(clusters) :])
    lend_table(connection, "id_change_rows", to_arrow(IdChange, sorted(assigned.changes, key=astuple)))
    run(connection, "outputs")
    take_back(connection, *LENT)
    induce(connection, folds, means.skeletons)
    take_back(connection, "copy_articles")
    return assigned


def _compare(connection: duckdb.DuckDBPyConnection, means: Means) -> None:
    """copy_articles → copy_stories, and whose own their sentences are; texts are in memory here alone."""
    told = told_of(connection)
    units = compared_units(connection, told, means.remembered, means.join)
    _lend_thresholds(connection, units, told)
    clustered = cluster_units(units, told)
    found = stories(told, clustered.cluster)
    units.likely.hold()
    lend(connection, "copy_numbered", {"number": np.arange(len(told.unit)), **found._asdict()})
    run(connection, "stories")
    take_back(connection, "copy_numbered")
    compare_sentences(connection, units, clustered, tellers(told, found, clustered.stitched.unit))


def told_of(connection: duckdb.DuckDBPyConnection) -> Told:
    """From copy_articles, in the order of their numbers."""
    held = numbers(connection, "told")
    named, digest = held.pop("named").astype(np.bool_), held.pop("digest").view(np.uint64)
    return Told(**held, named=named, digest=digest)


def _lend_thresholds(connection: duckdb.DuckDBPyConnection, units: Units, told: Told) -> None:
    """The partition at the other thresholds, by numbers: only the kept one has ids that stay."""
    held = []
    for threshold, least in OTHER_THRESHOLDS.items():
        found = stories(told, cluster_units(units, told, least).cluster)
        columns = {
            "number": np.arange(len(told.unit)),
            "threshold": pa.repeat(threshold, len(told.unit)),
            "story": found.story,
            "template": pa.array(found.cluster, mask=found.stories_of_cluster == 1),
        }
        held.append(pa.table(columns))
    lend_table(connection, "copy_thresholds", pa.concat_tables(held))


def _operator_clusters(connection: duckdb.DuckDBPyConnection, found: Iterable[Operator]) -> Iterable[Cluster]:
    """An operator's members are its sites; it is named for its first site's smallest article id."""
    smallest = dict(rows(connection, "site_members"))
    for operator in found:
        yield Cluster("operator", operator.sites, tuple(smallest[site] for site in operator.sites))


def _clusters(connection: duckdb.DuckDBPyConnection) -> tuple[array[int], list[Cluster]]:
    """Stories and templates, and their numbers."""
    numbered, clusters = array("q"), []
    cursor = connection.execute(statement("members"))
    while some := cursor.fetchmany(FETCHED):
        for kind, number, ids in some:
            members = tuple(ids)
            numbered.append(number)
            clusters.append(Cluster(KINDS[kind], members, members))
    return numbered, clusters


def _lend_ids(
    connection: duckdb.DuckDBPyConnection,
    clusters: Sequence[Cluster],
    numbered: array[int],
    ids: Sequence[str],
) -> None:
    columns = {
        "kind": [cluster.kind for cluster in clusters],
        "number": np.frombuffer(numbered, np.int64),
        "id": ids[: len(clusters)],  # those of operators come after these
    }
    lend(connection, "copy_ids", columns, GIVEN)


def _lend_operators(
    connection: duckdb.DuckDBPyConnection, found: Sequence[Operator], ids: Sequence[str]
) -> None:
    """By id; an operator's evidence is in order."""
    given = sorted(zip(ids, found, strict=True), key=itemgetter(0))
    made = [OperatorRow(name, len(one.sites), one.confidence, one.said) for name, one in given]
    lend_table(connection, "operator_rows", to_arrow(OperatorRow, made))
    shared = [row for name, one in given for row in evidence_rows(one, name)]
    lend_table(connection, "operator_evidence_rows", to_arrow(OperatorEvidence, shared))
    pairs = sorted((site, name) for name, one in given for site in one.sites)
    columns = {"site_id": [site for site, _ in pairs], "operator_id": [name for _, name in pairs]}
    lend(connection, "site_operators", columns, OPERATED)
