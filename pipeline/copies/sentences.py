"""Which sentences stand in other stories, and which are said of no other platform: masked and fuzzy.

Exact hashes of sentences find own text with precision .08, masked ones .15, masked and fuzzy .90
(findings, copies.md §2).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from pipeline.copies.gramsets import (
    BANDS,
    GramSets,
    chosen_sets,
    gram_sets,
    joined_sets,
    likeness,
    sentence_bands,
)
from pipeline.copies.sql import lend, numbers, run, statement
from pipeline.copies.standing import Asked, Told, line_standings
from pipeline.copies.templates import Units

SHARED_JACCARD = 0.6  # a sentence stands in another story: .895 / .995 (findings, copies.md §2)
# Of headings: 个人信息的最新规定 and 个人信息的最新政策 are alike by chance.
SHORT_CHARS = 14
SHORT_JACCARD = 0.8
# An allegation is somebody's own only if not even a looser copy names another: a miss costs a count, a
# mistake accuses somebody. Random pairs of sentences of the topic have .02 to .05.
OWN_JACCARD = 0.5
OWN_CONTAINED = 0.8
OWN_CHARS = 8  # a shorter sentence is a stock phrase

LEAST_GRAMS = 5  # shorter keys are compared exactly only
PLACED = 20  # sentences of a bucket that an asked one meets
HASHED = 20_000  # keys at a time: 20,000 * 30 grams * 8 bytes
COMPARED = 50_000  # pairs at a time: 50,000 * 60 grams * 8 bytes


def compare_sentences(connection: duckdb.DuckDBPyConnection, units: Units) -> None:
    """copy_stories, and what was compared → copy_sentence_own, practice_own."""
    _lend_standings(connection, units)
    run(connection, "taken_sentences")
    run(connection, "sentence_keys")
    run(connection, "asked_keys")
    sets = _hash_keys(connection)
    pairs = numbers(connection, "near_candidates", placed=PLACED)
    _compare(connection, sets, pairs["asked"], pairs["other"])
    run(
        connection,
        "own_share",
        least_jaccard=SHARED_JACCARD,
        least_short=SHORT_JACCARD,
        short_chars=SHORT_CHARS,
    )
    run(
        connection,
        "practice_own",
        least_jaccard=OWN_JACCARD,
        least_contained=OWN_CONTAINED,
        least_chars=OWN_CHARS,
    )


def _lend_standings(connection: duckdb.DuckDBPyConnection, units: Units) -> None:
    texts, stories = units.whole.texts, numbers(connection, "unit_stories")
    guests = numbers(connection, "stitched_units")
    asked = Asked(
        np.concatenate([np.arange(len(texts)), guests["unit"]]),
        np.concatenate([stories["cluster"], guests["cluster"]]),
    )
    columns = {
        "unit": texts.line_text,
        "line": np.arange(len(texts.line_text)) - texts.text_lines[texts.line_text],
        "shared": line_standings(units.whole, asked, Told(stories["story"], stories["tellers"])),
        "stock": ~units.rest.counted,
    }
    lend(connection, "copy_standing", columns)


def _hash_keys(connection: duckdb.DuckDBPyConnection) -> GramSets:
    """The sets of all keys; their bands go into copy_key_bands."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE copy_key_bands(band BIGINT, hash BIGINT, key_id BIGINT)"
    ).fetchall()
    held: list[GramSets] = []
    first = 0
    for keys in _batches(connection):
        sets = gram_sets(keys)
        held.append(sets)
        long = np.flatnonzero(np.diff(sets.starts) >= LEAST_GRAMS)
        if len(long):
            _insert_bands(connection, sentence_bands(chosen_sets(sets, long)), long + first)
        first += len(keys)
    return joined_sets(held)


def _batches(connection: duckdb.DuckDBPyConnection) -> Iterator[list[str]]:
    (n_keys,) = connection.execute("SELECT count(*) FROM copy_keys").fetchall()[0]
    for start in range(0, n_keys, HASHED):
        found = connection.execute(statement("key_texts"), {"start": start, "end": start + HASHED}).fetchall()
        yield [key for (key,) in found]


def _insert_bands(
    connection: duckdb.DuckDBPyConnection, bands: NDArray[np.int64], keys: NDArray[np.int64]
) -> None:
    lend(
        connection,
        "copy_batch",
        {
            "band": np.tile(np.arange(BANDS), len(keys)),
            "hash": bands.ravel(),
            "key_id": np.repeat(keys, BANDS),
        },
    )
    connection.execute("INSERT INTO copy_key_bands SELECT band, hash, key_id FROM copy_batch").fetchall()


def _compare(
    connection: duckdb.DuckDBPyConnection, sets: GramSets, asked: NDArray[np.int64], other: NDArray[np.int64]
) -> None:
    """Pairs that are alike enough for any question → copy_near."""
    near: list[tuple[NDArray[Any], ...]] = [(np.empty(0, np.int64),) * 2 + (np.empty(0),) * 2]
    for start in range(0, len(asked), COMPARED):
        left, right = asked[start : start + COMPARED], other[start : start + COMPARED]
        jaccards, contained = likeness(sets, left, right)
        kept = (jaccards >= OWN_JACCARD) | (contained >= OWN_CONTAINED)
        near.append((left[kept], right[kept], jaccards[kept], contained[kept]))
    names = ("asked", "other", "jaccard", "contained")
    columns = zip(names, zip(*near, strict=True), strict=True)
    lend(connection, "copy_near", {name: np.concatenate(values) for name, values in columns})
