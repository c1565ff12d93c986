"""Worker processes, each of them a pool of one: where one dies it is known which, and what it had in hand."""

from __future__ import annotations

import atexit
import gc
import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.parts import Mark, PartDone, PartJob, Stage

STAGES_HELD = 4  # of one build
STARTING_SECONDS = 20  # some ten times what a process takes to say its number

Work = Callable[[PartJob], PartDone]


class Lane:
    """One process and what it does now. A pool of many does not tell which job a killed process had.

    `spawn`, because a fork would copy the parent's threads and open database.
    """

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_begin)
        self._pid = self._pool.submit(os.getpid)

    def submit(self, work: Work, job: PackedJob) -> Future[PartDone]:
        return self._pool.submit(run_packed, work, job)

    def close(self) -> None:
        """Once it is idle."""
        self._pool.shutdown()

    def stop(self) -> None:
        """At once: what it was making is made again by the next build, for a part is whole or not there."""
        with suppress(TimeoutError, BrokenProcessPool, ProcessLookupError):
            os.kill(self._pid.result(STARTING_SECONDS), signal.SIGKILL)
        self._pool.shutdown(cancel_futures=True)


@dataclass(frozen=True)
class PackedJob:
    """A job on its way to another process: the pages stay on disk, only paths and fetches go over."""

    stage: bytes
    source: Any
    folder: Path
    left_out: frozenset[int]
    mark: Mark | None


def packed(job: PartJob, stage: bytes) -> PackedJob:
    """`stage`: the job's, pickled once for all jobs of a stage."""
    return PackedJob(stage, job.source, job.folder, job.left_out, job.mark)


def run_packed(work: Work, job: PackedJob) -> PartDone:
    return work(PartJob(_unpacked(job.stage), job.source, job.folder, left_out=job.left_out, mark=job.mark))


@lru_cache(maxsize=STAGES_HELD)
def _unpacked(packed: bytes) -> Stage:
    """A worker makes a stage's automata and patterns once, not once a part.

    What it holds by then stays for the build; the collector need not walk over it again for every page.
    """
    stage: Stage = pickle.loads(packed)  # noqa: S301  what this build's own parent has packed
    gc.collect()
    gc.freeze()
    return stage


def _begin() -> None:
    """Ctrl-C reaches the whole group of processes: the parent decides. It ends when its parent was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    atexit.register(os._exit, 0)  # parts are on disk: nothing is left to take apart in order


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
