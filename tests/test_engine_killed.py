"""The local engine when processes are killed: workers, the parent, by a page or from outside."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from killing_stage import drops, edits, jobs
from waiting import PATIENCE_SECONDS, processes, until

from benchmarks.workspaces import sampled
from crawler.workspace import FailedError, open_workspace
from pipeline import engine
from pipeline.engine import Local, largest_first
from tests import killing_stage
from tests.stores import tables
from yuqi.building import build_workspace


def command(folder: Path, documents: int, *sources: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, killing_stage.__file__, str(folder), str(documents), *sources],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )


def workers_of(parent: int) -> list[int]:
    """Live processes that make parts: below it, or below the one that they are forked from."""
    started = processes()
    servers = {pid for pid, one in started.items() if one.parent == parent and "forkserver" in one.command}
    return [
        pid
        for pid, one in started.items()
        if one.parent in servers or (one.parent == parent and "spawn_main" in one.command)
    ]


def alive(pid: int) -> bool:
    """A zombie that nobody has asked for is dead."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(state.stdout.strip()) and not state.stdout.startswith("Z")


def test_a_worker_killed_from_outside_costs_no_page(tmp_path):
    held = jobs(tmp_path, ("a", f"once:{tmp_path / 'flag'}", "b"), ("c",))
    with Local(2) as pool:
        made = list(pool(held))
    assert [edits(job)[::2] for job in held] == [["a", "b"], ["c"]]
    assert [drops(job) for job in held] == [[], []]
    assert not any(done.errors for done in made)


def test_a_page_that_kills_its_worker_is_a_counted_drop_and_costs_no_other(tmp_path):
    held = jobs(tmp_path, ("a", "die", "b"), ("c",), ("d",))
    with Local(2) as pool:
        made = list(pool(held))
    assert [edits(job) for job in held] == [["a", "b"], ["c"], ["d"]]
    assert [drops(job) for job in held] == [[("die", "worker-killed")], [], []]
    assert ["die" in error for done in made for error in done.errors] == [True]
    assert {path.name for path in held[0].folder.parent.iterdir()} == {job.folder.name for job in held}


def test_more_killing_pages_than_bad_input_explains_stop_the_build_and_leave_no_part(tmp_path):
    held = jobs(tmp_path, ("die:", "die", "b"), ("c",), documents=150)
    with Local(2) as pool, pytest.raises(FailedError, match="2 pages of killing part"):
        list(pool(held))
    assert [job.folder.exists() for job in held] == [False, True]


def test_a_death_that_no_page_is_to_blame_for_is_a_clear_error_and_finished_parts_stay(tmp_path):
    held = jobs(tmp_path, ("a", "unread"), ("c",))
    with Local(2) as pool, pytest.raises(FailedError, match="no page of it is to blame"):
        list(pool(held))
    assert [job.folder.exists() for job in held] == [False, True]


def test_a_page_that_kills_a_build_too_small_for_workers_is_left_out_by_the_same_command(tmp_path):
    first = command(tmp_path, 3, "a,die,b")
    first.communicate(timeout=PATIENCE_SECONDS)
    assert first.returncode == -signal.SIGKILL
    said, _ = command(tmp_path, 3, "a,die,b").communicate(timeout=PATIENCE_SECONDS)
    (job,) = jobs(tmp_path, ("a", "die", "b"))
    assert (edits(job), drops(job)) == (["a", "b"], [("die", "worker-killed")])
    assert "die" in said


def test_kill_9_of_the_parent_ends_its_workers_and_the_same_command_makes_the_parts(tmp_path):
    sources = ("a,wait:2", "b,wait:2.5")
    parent = command(tmp_path, 1000, *sources)
    assert until(lambda: len(workers_of(parent.pid)) == 2)
    workers = workers_of(parent.pid)
    parent.kill()
    parent.communicate(timeout=PATIENCE_SECONDS)
    assert until(lambda: not any(map(alive, workers)))
    again = command(tmp_path, 1000, *sources)
    again.communicate(timeout=PATIENCE_SECONDS)
    assert again.returncode == 0
    assert [edits(job)[0] for job in jobs(tmp_path, *(tuple(s.split(",")) for s in sources))] == ["a", "b"]


def test_a_stop_does_not_wait_for_the_parts_in_hand(tmp_path):
    long = 2 * PATIENCE_SECONDS
    parent = command(tmp_path, 1000, f"wait:{long}", f"wait:{long + 1}")
    assert until(lambda: len(workers_of(parent.pid)) == 2)
    workers = workers_of(parent.pid)
    parent.send_signal(signal.SIGINT)
    parent.communicate(timeout=PATIENCE_SECONDS)
    assert not any(map(alive, workers))


def test_no_process_is_left_when_an_engine_ends_and_their_time_is_counted(tmp_path):
    before = os.times().children_user
    with Local(2) as pool:
        list(pool(jobs(tmp_path, ("a",), ("b",))))
    assert os.times().children_user - before > 0.5, "at least what they import"
    assert workers_of(os.getpid()) == []


def test_the_largest_parts_are_begun_first(tmp_path):
    small, large = jobs(tmp_path, ("a",), documents=1) + jobs(tmp_path, ("b",), documents=9)
    assert largest_first([small, large]) == [large, small]


def test_a_build_whose_workers_are_killed_again_and_again_gives_the_same_tables(tmp_path, monkeypatch):
    place = sampled(tmp_path / "w", 16).place
    shutil.copytree(place.root, tmp_path / "killed", symlinks=True)
    build_workspace(place)
    monkeypatch.setattr(engine, "FEW_DOCUMENTS", 0)
    ended = threading.Event()
    killer = threading.Thread(target=_kill_workers, args=(ended,))
    killer.start()
    try:
        summary = build_workspace(open_workspace(tmp_path / "killed"), workers=2)
    finally:
        ended.set()
        killer.join()
    assert not summary.errors
    assert tables(open_workspace(tmp_path / "killed").latest) == tables(place.latest)


def _kill_workers(ended: threading.Event) -> None:
    """Three of them, one every one and a half seconds."""
    for _ in range(3):
        if ended.wait(1.5):
            return
        for child in multiprocessing.active_children()[:1]:
            child.kill()
