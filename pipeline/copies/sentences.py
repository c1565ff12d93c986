"""Which sentences stand in other stories, and which are said of no other platform: masked and fuzzy.

Exact hashes of sentences find own text with precision .08, masked ones .15, masked and fuzzy .90
(findings, copies.md §2).
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import numpy as np
import pyarrow as pa

from pipeline.copies.grams import Strings, characters, pair_grams
from pipeline.copies.hashing import Numbers
from pipeline.copies.near import Keys, Limits, near_pairs
from pipeline.copies.ragged import Ragged, chosen, joined
from pipeline.copies.sql import lend, numbers, run, statement, take_back
from pipeline.copies.standing import Asked, line_standings
from pipeline.copies.stories import Tellers
from pipeline.copies.templates import Clustered, Units

SHARED_JACCARD = 0.6  # a sentence stands in another story: .895 / .995 (findings, copies.md §2)
# Of headings: 个人信息的最新规定 and 个人信息的最新政策 are alike by chance.
SHORT_CHARS = 14
SHORT_JACCARD = 0.8
# An allegation is somebody's own only if not even a looser copy names another: a miss costs a count, a
# mistake accuses somebody. Random pairs of sentences of the topic have .02 to .05.
OWN_JACCARD = 0.5
OWN_CONTAINED = 0.8
OWN_CHARS = 8  # a shorter sentence is a stock phrase

LENT = ("copy_standing", "copy_first_lines", "copy_key_chars", "copy_near")
HASHED = 20_000  # keys at a time, some 3 megabytes


def compare_sentences(
    connection: duckdb.DuckDBPyConnection, units: Units, found: Clustered, told_by: Tellers
) -> None:
    """copy_stories, and what was compared → copy_sentences, copy_own, practice_own."""
    _lend_standings(connection, units, found, told_by)
    run(connection, "taken_sentences")
    run(connection, "sentence_keys")
    sets, chars = _key_grams(connection)
    keys = numbers(connection, "key_stories")
    lend(connection, "copy_key_chars", {"key_hash": keys["key_hash"], "chars": chars})
    _lend_near(connection, keys, sets)
    run(
        connection,
        "own_share",
        least_jaccard=SHARED_JACCARD,
        least_short=SHORT_JACCARD,
        short_chars=SHORT_CHARS,
    )
    run(connection, "own_asked", least_chars=OWN_CHARS)
    run(connection, "said_of", least_jaccard=OWN_JACCARD, least_contained=OWN_CONTAINED)
    run(connection, "practice_own")
    take_back(connection, *LENT)


def _lend_standings(
    connection: duckdb.DuckDBPyConnection, units: Units, found: Clustered, told_by: Tellers
) -> None:
    """A stitched page is a guest in the groups of both parents."""
    texts, (unit, first, second) = units.whole.texts, found.stitched
    guests = np.unique(np.column_stack([np.tile(unit, 2), np.append(first, second)]), axis=0)
    asked = Asked(np.append(np.arange(len(texts)), guests[:, 0]), np.append(found.cluster, guests[:, 1]))
    shared = line_standings(units.whole, asked, told_by)
    stock = units.stock[texts.lines.ids]
    said = np.flatnonzero(shared | stock)
    lend(connection, "copy_standing", {"line": said, "shared": shared[said]})
    columns = {"unit": np.arange(len(texts)), "line": texts.lines.texts[:-1], "speaks": told_by.story >= 0}
    lend(connection, "copy_first_lines", columns)


def _key_grams(connection: duckdb.DuckDBPyConnection) -> tuple[Ragged, Numbers]:
    """Of each key its 2-grams, and how many characters it has."""
    (n_keys,) = connection.execute("SELECT count(*) FROM copy_keys").fetchall()[0]
    met, held = np.full(n_keys, -1, np.int64), [Ragged(np.zeros(1, np.int64), np.empty(0, np.uint32))]
    n_met, chars = 0, np.zeros(n_keys, np.int64)
    for batch in connection.sql(statement("key_texts")).to_arrow_reader(HASHED):
        ids, firsts = np.unique(batch.column(0).to_numpy(), return_index=True)
        new = firsts[met[ids] < 0]
        ids = ids[met[ids] < 0]
        texts = Strings.of(batch.column(1).take(pa.array(new)))
        held.append(pair_grams(texts))
        met[ids] = np.arange(n_met, n_met + len(ids))
        chars[ids] = characters(texts)
        n_met += len(ids)
    return chosen(joined(held), met), chars


def _lend_near(connection: duckdb.DuckDBPyConnection, keys: Mapping[str, Numbers], sets: Ragged) -> None:
    """Pairs that are alike enough for any question → copy_near."""
    asked = Keys(keys["story"], keys["asked"].astype(np.bool_))
    near, hashes = near_pairs(sets, asked, Limits(OWN_JACCARD, OWN_CONTAINED)), keys["key_hash"]
    columns = near._replace(asked=hashes[near.asked], other=hashes[near.other])._asdict()
    lend(connection, "copy_near", columns)
