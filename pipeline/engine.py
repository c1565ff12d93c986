"""Where parts are made: a map over jobs that sees no record. Another engine is one more of these here."""

from __future__ import annotations

import multiprocessing
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from crawler.workspace import FailedError
from pipeline.parts import PartDone, PartJob, Stage, run_part

FEW_DOCUMENTS = 200  # below this, starting workers takes longer than what they would save
STAGES_HELD = 4  # of one build

Engine = Callable[[Sequence[PartJob]], Iterator[PartDone]]


def serial(jobs: Sequence[PartJob]) -> Iterator[PartDone]:
    """In this process, one after the other."""
    return map(run_part, jobs)


class Local:
    """One process pool on this machine for all stages of a build; done parts in the order they finish.

    Workers are started when there is enough to do, and kept: starting one costs seconds of imports and
    dictionaries. `spawn`, because a fork would copy the parent's threads and open database.
    """

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or os.cpu_count() or 1
        self._pool: ProcessPoolExecutor | None = None
        self._packed: tuple[Stage | None, bytes] = (None, b"")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def __call__(self, jobs: Sequence[PartJob]) -> Iterator[PartDone]:
        if self.workers == 1 or len(jobs) == 1 or sum(job.documents for job in jobs) < FEW_DOCUMENTS:
            yield from serial(jobs)
            return
        self._pool = self._pool or ProcessPoolExecutor(
            self.workers, mp_context=multiprocessing.get_context("spawn")
        )
        try:
            for future in as_completed([self._submitted(self._pool, job) for job in jobs]):
                yield future.result()
        except BrokenProcessPool as error:
            raise FailedError(
                f"a worker died while making {jobs[0].stage.name} parts (out of memory?); "
                "finished parts are kept: run the command again, perhaps with --workers 1"
            ) from error

    def _submitted(self, pool: ProcessPoolExecutor, job: PartJob) -> Future[PartDone]:
        if job.stage is not self._packed[0]:
            self._packed = job.stage, pickle.dumps(job.stage)
        return pool.submit(_run_packed, self._packed[1], job.source, job.folder)


def _run_packed(packed: bytes, source: Any, folder: Path) -> PartDone:
    return run_part(PartJob(_unpacked(packed), source, folder))


@lru_cache(maxsize=STAGES_HELD)
def _unpacked(packed: bytes) -> Stage:
    """A worker makes a stage's automata and patterns once, not once a part."""
    stage: Stage = pickle.loads(packed)  # noqa: S301  what this build's own parent has packed
    return stage
