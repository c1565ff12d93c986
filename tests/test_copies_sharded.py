"""The join of copies divided by band gives what one join gives, wherever its parts are made."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np
import pytest
from copies_farm import Grouped, farm, grouped
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from crawler.workspace import FailedError
from pipeline.copies import Means, Remembered
from pipeline.copies.pairs import Bands, Pairs, pairs_of
from pipeline.engine import Engine, serial
from pipeline.shards import JoinStage, Sharded
from tests.test_copies_incremental import TABLES

MOST = np.iinfo(np.int64)


def told(found: Pairs) -> set[tuple[int, int]]:
    both = list(zip(found.lower.tolist(), found.upper.tolist(), strict=True))
    assert len(both) == len(set(both)), "each once"
    return set(both)


def joined(bands: Bands) -> set[tuple[int, int]]:
    with duckdb.connect() as connection:
        return told(pairs_of(connection, bands))


def divided(engine: Engine, folder: Path, bands: Bands, least: int = 0) -> Pairs:
    with duckdb.connect() as connection:
        return Sharded(engine, folder, least)(connection, bands)


def with_its_band(bands: Bands) -> Bands:
    """As hashes are: of two bands never the same."""
    return bands * 4 + np.arange(bands.shape[1])


def random_bands(texts: int) -> Bands:
    return with_its_band(np.random.default_rng(5).integers(0, texts // 2, (texts, 4)))


@settings(max_examples=8)
@given(arrays.arrays(np.int64, st.tuples(st.integers(1, 12), st.integers(1, 4)), elements=st.integers(0, 5)))
def test_bands_joined_one_by_one_find_what_a_join_of_all_finds(bands: Bands) -> None:
    bands = with_its_band(bands)
    with TemporaryDirectory() as folder:
        assert told(divided(serial, Path(folder), bands)) == joined(bands)


def test_hashes_of_any_size_come_through(tmp_path: Path) -> None:
    bands = np.array([[MOST.min, MOST.max], [MOST.min, 0], [1, MOST.max]])
    assert told(divided(serial, tmp_path, bands)) == {(0, 1), (0, 2)}


def test_a_shard_that_is_there_is_not_made_again(tmp_path: Path) -> None:
    bands = random_bands(40)
    first = divided(serial, tmp_path, bands)
    again = divided(lambda _: pytest.fail("made again"), tmp_path, bands)
    assert told(again) == told(first)


def test_few_texts_are_joined_in_one_and_leave_no_file(tmp_path: Path) -> None:
    bands = random_bands(40)
    assert told(divided(lambda _: pytest.fail("divided"), tmp_path, bands, 41)) == joined(bands)
    assert not list(tmp_path.iterdir())


def test_a_band_is_no_page_that_may_be_left_out() -> None:
    with pytest.raises(FailedError, match="more memory"):
        JoinStage().lost(np.zeros((3, 1), np.int64))


def test_stories_and_templates_are_the_same_over_a_divided_join(tmp_path: Path) -> None:
    docs = farm(41, templates=3, lenders=3, copies=2)

    def rows(found: Grouped) -> list[object]:
        return [sorted(found.table(name), key=repr) for name in TABLES]

    means = Means(Remembered(), Sharded(serial, tmp_path, 0))
    assert rows(grouped(docs, means=means)) == rows(grouped(docs))
    assert list((tmp_path / "join").iterdir())
