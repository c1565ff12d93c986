"""Where parts are made: a map over jobs that sees no record. Another engine is one more function here."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from crawler.workspace import FailedError
from pipeline.parts import PartDone, PartJob, run_part

Engine = Callable[[Sequence[PartJob]], Iterator[PartDone]]


def serial(jobs: Sequence[PartJob]) -> Iterator[PartDone]:
    """In this process, one after the other."""
    return map(run_part, jobs)


def local(jobs: Sequence[PartJob], workers: int | None = None) -> Iterator[PartDone]:
    """A process pool on this machine; done parts in the order in which they finish.

    `spawn`, because the parent may hold threads and an open database that a fork would copy.
    """
    count = min(workers or os.cpu_count() or 1, len(jobs))
    if count <= 1:
        yield from serial(jobs)
        return
    pool = ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"))
    try:
        for future in as_completed([pool.submit(run_part, job) for job in jobs]):
            yield future.result()
    except BrokenProcessPool as error:
        raise FailedError(
            f"a worker died while making {jobs[0].stage.name} parts (out of memory?); "
            "finished parts are kept: run the command again, perhaps with --workers 1"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)
