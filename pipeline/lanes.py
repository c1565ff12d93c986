"""Worker processes, each of them a pool of one: where one dies it is known which, and what it had in hand."""

from __future__ import annotations

import atexit
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

from pipeline.parts import Mark, PartDone, PartJob, Stage

STAGES_HELD = 4  # of one build
STARTING_SECONDS = 20  # some ten times what a process takes to say its number
# Named, not imported: the stages rest on no engine, nor it on them.
PRELOADED = ["__main__", "pipeline.preloaded"]
OVERRIDES = "YUQI_OVERRIDES"  # the process that workers are forked from is told nothing but its environment

Work = Callable[[PartJob], PartDone]


class Lane:
    """One process and what it does now. A pool of many does not tell which job a killed process had."""

    def __init__(self) -> None:
        self._pool = ProcessPoolExecutor(1, mp_context=_starting(), initializer=_begin)
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


@cache
def _starting() -> BaseContext:
    """How processes are started: not forked from this one, whose threads and open database a fork would copy.

    On Linux all are forked from one process that has imported everything and does nothing else: imports,
    patterns and dictionaries cost seconds, and are paid once. Elsewhere each starts from nothing, since
    libraries of macOS do not stand a fork.
    """
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's threads: nothing here has use for them
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


def share(overrides: Path) -> None:
    """Workers started from now on share what is made of these definitions; of others each makes its own."""
    os.environ[OVERRIDES] = str(overrides)


def end_starting() -> None:
    """Ends the process that all are forked from, if there is one; once they have ended.

    It would end with this one, too, but nobody would have waited for it, and so counted what they took.
    """
    if sys.platform == "linux":
        forkserver._forkserver._stop()  # type: ignore[attr-defined]  # as its own tests do, in 3.8 to 3.14


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
    """Ctrl-C reaches the whole group of processes: the parent decides. It ends when its parent was killed.

    What it shares with the process that it was forked from, the collector need not walk over, and so copy.
    """
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    atexit.register(os._exit, 0)  # parts are on disk: nothing is left to take apart in order


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
