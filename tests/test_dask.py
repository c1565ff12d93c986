"""The Dask engine beside the local one: a scheduler and two workers as processes of their own, and killed."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator

import pytest

pytest.importorskip("distributed")

from dask_cluster import Cluster, cluster
from killing_stage import drops, edits, jobs

from benchmarks.workspaces import sampled
from crawler.workspace import FailedError, open_workspace
from pipeline import dask_engine
from pipeline.dask_engine import Dask
from tests.stores import tables
from tests.test_copies_sharded import divided, joined, random_bands, told
from yuqi.building import build_workspace


@pytest.fixture(scope="module")
def running() -> Iterator[Cluster]:
    with cluster() as started:
        yield started


def test_a_build_on_two_workers_gives_the_same_tables_as_the_local_engine(tmp_path, running):
    place = sampled(tmp_path / "w", 12).place
    shutil.copytree(place.root, tmp_path / "dask", symlinks=True)
    other = open_workspace(tmp_path / "dask")
    build_workspace(place, workers=1)
    build_workspace(other, engine=lambda: Dask(running.address))
    assert tables(other.latest) == tables(place.latest)


def test_the_join_of_copies_divided_by_band_finds_the_same_on_two_workers(tmp_path, running):
    bands = random_bands(200)
    with Dask(running.address) as engine:
        assert told(divided(engine, tmp_path, bands)) == joined(bands)
    assert len(list((tmp_path / "join").iterdir())) == bands.shape[1]


def test_a_lost_worker_costs_no_page_and_a_page_that_kills_only_itself(tmp_path, running):
    held = jobs(tmp_path, ("a", f"once:{tmp_path / 'flag'}", "b"), ("c", "die"), ("d",))
    with Dask(running.address) as engine:
        made = list(engine(held))
    assert [edits(job)[::2] for job in held] == [["a", "b"], ["c"], ["d"]]
    assert [drops(job) for job in held] == [[], [("die", "worker-killed")], []]
    assert [error for done in made for error in done.errors]


def test_a_killed_scheduler_is_a_clear_error_and_another_one_makes_what_is_missing(tmp_path):
    held = jobs(tmp_path, ("a",), ("b", "wait:600"), documents=1)
    with cluster(workers=1) as first, Dask(first.address) as engine:
        made = engine(held)
        next(made)
        threading.Timer(0.5, first.scheduler.kill).start()
        with pytest.raises(FailedError, match="is gone"):
            list(made)
    assert [job.folder.is_dir() for job in held] == [True, False]
    held = held[:1] + jobs(tmp_path, ("b", "wait:0"))
    with cluster(workers=1) as second, Dask(second.address) as engine:
        list(engine(held))
    assert [edits(job)[0] for job in held] == ["a", "b"]


def test_no_scheduler_is_said_in_one_line(monkeypatch):
    monkeypatch.setattr(dask_engine, "CONNECT_SECONDS", 2)
    with pytest.raises(FailedError, match="no Dask scheduler answers"):
        Dask("tcp://127.0.0.1:9")
