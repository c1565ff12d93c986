"""However many articles are read together, a release has the same bytes."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from invented_corpus import make_corpus

from crawler.workspace import Workspace
from pipeline.checksums import SUMS
from pipeline.release import export
from pipeline.release.export import TABLES, Edition
from pipeline.release.publish import Plan, release
from pipeline.store.reader import open_for_release


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_corpus(tmp_path_factory.mktemp("corpus"))


def sums(workspace: Workspace, folder: Path) -> bytes:
    with open_for_release(workspace) as connection:
        release(connection, Plan("1.0.0", folder, Edition("full")))
    return (folder / SUMS).read_bytes()


def test_slices_of_any_size_give_the_same_bytes(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sums(workspace, tmp_path / "whole")
    assert pq.read_metadata(tmp_path / "whole" / "parquet" / "articles.parquet").num_rows > 3
    for articles in (1, 3):
        monkeypatch.setattr(export, "SLICE_ARTICLES", articles)
        assert sums(workspace, tmp_path / str(articles)) == whole


def test_a_corpus_without_articles_has_every_table_without_rows(tmp_path: Path) -> None:
    sums(make_corpus(tmp_path / "w", []), tmp_path / "r")
    for table in TABLES:
        assert pq.read_schema(tmp_path / "r" / "parquet" / f"{table}.parquet").names
    assert pq.read_metadata(tmp_path / "r" / "parquet" / "articles.parquet").num_row_groups == 0
