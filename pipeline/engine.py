"""Where parts are made: a map over jobs that sees no record. Another engine is one more of these here."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Self

from crawler.workspace import FailedError
from pipeline.parts import PartDone, PartJob, run_part

Engine = Callable[[Sequence[PartJob]], Iterator[PartDone]]


def serial(jobs: Sequence[PartJob]) -> Iterator[PartDone]:
    """In this process, one after the other."""
    return map(run_part, jobs)


class Local:
    """One process pool on this machine for all stages of a build; done parts in the order they finish.

    Workers are started when there is more than one part to make, and kept: starting one costs seconds of
    imports and dictionaries. `spawn`, because a fork would copy the parent's threads and open database.
    """

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or os.cpu_count() or 1
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def __call__(self, jobs: Sequence[PartJob]) -> Iterator[PartDone]:
        if self.workers == 1 or len(jobs) == 1:
            yield from serial(jobs)
            return
        self._pool = self._pool or ProcessPoolExecutor(
            self.workers, mp_context=multiprocessing.get_context("spawn")
        )
        try:
            for future in as_completed([self._pool.submit(run_part, job) for job in jobs]):
                yield future.result()
        except BrokenProcessPool as error:
            raise FailedError(
                f"a worker died while making {jobs[0].stage.name} parts (out of memory?); "
                "finished parts are kept: run the command again, perhaps with --workers 1"
            ) from error
