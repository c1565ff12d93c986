"""Dask workers that share no folder with who builds, only an object store: an S3 of this machine's own."""

from __future__ import annotations

import re
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("distributed")

from dask_cluster import Cluster, cluster
from killing_stage import drops, edits, jobs
from waiting import until

from benchmarks.workspaces import sampled
from crawler.workspace import FailedError, open_workspace
from pipeline.dask_engine import Dask
from pipeline.metrics import read_costs
from pipeline.object_store import ObjectStore, moved, read_by
from tests.stores import tables
from yuqi.building import build_workspace

SERVER = Path(__file__).parents[1] / ".venv" / "objects" / "bin" / "moto_server"
ADDRESS = re.compile(r"http://127\.0\.0\.1:[1-9][0-9]*(?=\s)")  # whole, once something stands behind it
BUCKET = "s3://corpus/w"
KEYS = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "us-east-1"}


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An S3-compatible server with an empty bucket."""
    if not SERVER.exists():
        pytest.skip("no S3 server here: make objects")
    said = tmp_path_factory.mktemp("server") / "said"
    with said.open("w") as log:
        process = subprocess.Popen([str(SERVER), "-H", "127.0.0.1", "-p", "0"], stdout=log, stderr=log)
    try:
        assert until(lambda: ADDRESS.search(said.read_text())), "the S3 server did not start"
        yield ADDRESS.findall(said.read_text())[0]
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def s3(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    environment = KEYS | {"AWS_ENDPOINT_URL": endpoint}
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    urllib.request.urlopen(urllib.request.Request(f"{endpoint}/corpus", method="PUT")).close()
    with cluster(workers=2, **environment) as running:
        yield running


def test_a_build_whose_archive_is_in_s3_alone_gives_the_same_tables_as_a_local_one(tmp_path, s3):
    place = sampled(tmp_path / "w", 12).place
    shutil.copytree(place.root, tmp_path / "away", symlinks=True)
    other = open_workspace(tmp_path / "away")
    ObjectStore(BUCKET, other.root).lend(other.archive.rglob("*.warc.gz"))
    shutil.rmtree(other.archive)
    build_workspace(place, workers=1)
    build_workspace(other, engine=lambda: Dask(s3.address, store=BUCKET))
    assert tables(other.latest) == tables(place.latest)
    made = [
        [(cost.stage, cost.made, cost.documents) for cost in read_costs(one.parts)] for one in (place, other)
    ]
    assert made[0] == made[1]
    assert all(cost.cpu_seconds > 0 for cost in read_costs(other.parts) if cost.documents)


@pytest.fixture(scope="module")
def running() -> Iterator[Cluster]:
    with cluster(workers=2) as started:
        yield started


def test_parts_that_are_in_the_store_are_taken_from_it_by_another_machine(tmp_path, running):
    held = jobs(tmp_path / "one" / "parts", ("a", "b"), ("c",))
    again = jobs(tmp_path / "two" / "parts", ("a", "b"), ("c",))
    with Dask(running.address, store=f"file://{tmp_path}/store") as engine:
        assert sum(done.documents for done in engine(held)) == 3
        assert sum(done.documents for done in engine(again)) == 0
    with Dask(running.address, store=f"file://{tmp_path}/store", anew=True) as engine:
        assert sum(done.documents for done in engine(jobs(tmp_path / "three" / "parts", ("c",)))) == 1
    assert [edits(job) for job in again] == [["a", "b"], ["c"]]


def test_a_page_that_kills_its_worker_is_found_by_the_mark_in_the_store(tmp_path, running):
    held = jobs(tmp_path / "one" / "parts", ("c", "die"))
    with Dask(running.address, store=f"file://{tmp_path}/store") as engine:
        (done,) = engine(held)
    assert (edits(held[0]), drops(held[0])) == (["c"], [("die", "worker-killed")])
    assert done.errors
    store = ObjectStore(f"file://{tmp_path}/store", tmp_path / "one")
    assert not store.has_part(held[0].folder)  # so that --full asks the page again
    assert not list(Path(tmp_path / "store").rglob("*.mark"))


def test_what_is_neither_here_nor_in_the_store_is_said_by_name(tmp_path):
    store = ObjectStore(f"file://{tmp_path}/store", tmp_path)
    with pytest.raises(FailedError, match=r"a\.warc\.gz is neither here nor in file:"):
        store.lend([tmp_path / "archive" / "a.warc.gz"])


def test_a_half_part_in_the_store_is_no_part(tmp_path):
    folder = tmp_path / "parts" / "read" / "k"
    folder.mkdir(parents=True)
    (folder / "drafts.parquet").write_bytes(b"x")
    store = ObjectStore(f"file://{tmp_path}/store", tmp_path)
    store.put_part(folder, whole=False)
    assert not store.has_part(folder)
    store.lend([folder])
    assert store.has_part(folder)


def test_an_archive_file_that_grew_goes_up_again(tmp_path):
    file = tmp_path / "archive" / "a.warc.gz"
    file.parent.mkdir()
    store = ObjectStore(f"file://{tmp_path}/store", tmp_path)
    for said in (b"one", b"one and two"):
        file.write_bytes(said)
        store.lend([file])
    away = store.at(tmp_path / "worker")
    away.fetch([tmp_path / "worker" / "archive" / "a.warc.gz"])
    assert (tmp_path / "worker" / "archive" / "a.warc.gz").read_bytes() == b"one and two"


def test_a_source_names_its_files_and_moves_with_them(tmp_path):
    one, two = tmp_path / "parts" / "article" / "a", tmp_path / "parts" / "find" / "b"
    source = (one, {"x": (two, "word")})
    assert list(read_by(source)) == [one, two]
    elsewhere = Path("/elsewhere")
    assert list(read_by(moved(source, tmp_path, elsewhere))) == [
        elsewhere / path.relative_to(tmp_path) for path in (one, two)
    ]
