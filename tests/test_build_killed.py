"""Whole builds whose parent, workers or scheduler are killed: the same command gives the same tables."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from dask_cluster import cluster
from test_engine_killed import alive, workers_of
from waiting import PATIENCE_SECONDS, until

from benchmarks.workspaces import sampled
from crawler.workspace import Workspace, open_workspace
from tests.stores import tables
from yuqi.building import build_workspace

# As `yuqi build`, and so few pages are given to workers, too
COMMAND = (
    "import sys\nfrom pipeline import engine\nengine.FEW_DOCUMENTS = 0\nfrom yuqi.cli import main\nmain()"
)


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Workspace:
    """Built by nobody yet; beside it, `whole` is its copy that nothing disturbs."""
    crawled = sampled(tmp_path_factory.mktemp("killed") / "w", 8).place
    whole = crawled.root.with_name("whole")
    shutil.copytree(crawled.root, whole, symlinks=True)
    build_workspace(open_workspace(whole), workers=1)
    return crawled


def copied(place: Workspace, folder: Path) -> Workspace:
    shutil.copytree(place.root, folder / "w", symlinks=True)
    return open_workspace(folder / "w")


def as_undisturbed(place: Workspace, other: Workspace) -> bool:
    return bool(tables(other.latest) == tables(open_workspace(place.root.with_name("whole")).latest))


def build(place: Workspace, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, "build", "--workspace", str(place.root), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )


def made(place: Workspace, stage: str) -> Callable[[], bool]:
    """Whether a part of this stage is there."""
    return lambda: any(not part.name.startswith(".") for part in place.parts.glob(f"{stage}/*"))


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    said, _ = process.communicate(timeout=PATIENCE_SECONDS)
    return process.returncode, said


def filling(place: Workspace) -> Callable[[], bool]:
    return lambda: any(place.root.glob(".corpus.*"))


def test_a_parent_killed_at_each_step_of_a_build_loses_nothing(place, tmp_path):
    other = copied(place, tmp_path)
    for reached in (made(other, "read"), made(other, "find"), filling(other)):
        parent = build(other, "--workers", "2")
        assert until(lambda reached=reached, parent=parent: reached() or parent.poll() is not None)
        assert parent.poll() in (None, 0), ended(parent)[1]  # 0: it was faster than who watches it
        workers = workers_of(parent.pid)
        parent.kill()
        ended(parent)
        assert until(lambda workers=workers: not any(map(alive, workers)))
    code, said = ended(build(other, "--workers", "2"))
    assert code == 0, said
    assert as_undisturbed(place, other)


def test_workers_killed_while_a_command_builds_cost_nothing(place, tmp_path):
    other = copied(place, tmp_path)
    parent = build(other, "--workers", "2")
    killed = 0
    for stage in ("read", "find"):
        assert until(lambda stage=stage: made(other, stage)() or parent.poll() is not None)
        killed += _kill(workers_of(parent.pid)[:1])
    code, said = ended(parent)
    assert (code, killed) == (0, 2), said
    assert as_undisturbed(place, other)


def test_a_dask_worker_and_the_scheduler_are_killed_and_another_scheduler_makes_the_same(place, tmp_path):
    pytest.importorskip("distributed")
    other = copied(place, tmp_path)
    with cluster() as first:
        parent = build(other, "--engine", "dask", "--address", first.address)
        assert until(made(other, "read"))
        os.killpg(first.processes[1].pid, 9)
        assert until(made(other, "article"))
        first.scheduler.kill()
        code, said = ended(parent)
        assert code == 1
        assert "is gone" in said, said
        first.scheduler.wait()
        first.start_scheduler()
        first.start_worker()
        code, said = ended(build(other, "--engine", "dask", "--address", first.address))
    assert code == 0, said
    assert as_undisturbed(place, other)


def _kill(pids: Sequence[int]) -> int:
    for pid in pids:
        os.kill(pid, 9)
    return len(pids)
