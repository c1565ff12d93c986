"""The same map over parts on Dask: a cluster that is there, or processes of this machine.

What is Dask's: which worker makes a part, and that a part whose worker is lost goes to another one. What is
ours: a part is a folder on a file system that all workers share under the same path, so a part that was
finished stays finished whoever dies. The scheduler holds paths, fetches and results, never a page.
"""

from __future__ import annotations

import os
import pickle
import platform
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from itertools import count
from types import TracebackType
from typing import Self

import dask
from distributed import Client, Future, LocalCluster, as_completed
from distributed.scheduler import KilledWorker

from crawler.workspace import FailedError
from pipeline.engine import largest_first
from pipeline.lanes import PackedJob, Work, packed, run_packed
from pipeline.parts import PartDone, PartJob, part_key, run_part
from pipeline.quarantine import rescued
from pipeline.versions import DEPENDS, stage_version

AHEAD = 2  # parts a thread of the cluster: one in hand, one to go on with; the scheduler's memory stays small
CONNECT_SECONDS = 30
SETTINGS = {
    "distributed.scheduler.allowed-failures": 1,  # of a part's workers; a cluster's own scheduler has its own
    "distributed.comm.timeouts.connect": CONNECT_SECONDS,
}


class Dask:
    """An engine: jobs in, done parts in the order they finish."""

    def __init__(self, address: str | None = None, workers: int | None = None) -> None:
        dask.config.set(SETTINGS)
        self._where = address or "this machine"
        self._cluster = None if address else _local_cluster(workers or os.cpu_count() or 1)
        self._client = _client(address or self._cluster)
        self._turns = count()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError, TimeoutError):
            self._client.close()
        if self._cluster:
            self._cluster.close()

    def __call__(self, jobs: Sequence[PartJob]) -> Iterator[PartDone]:
        jobs[0].folder.parent.mkdir(parents=True, exist_ok=True)
        self._stage = self._client.submit(_itself, pickle.dumps(jobs[0].stage), pure=False)
        died: list[PartJob] = []
        waiting, held = deque(largest_first(jobs)), dict[Future, PartJob]()
        finished = as_completed(loop=self._client.loop)
        while waiting or held:
            while waiting and len(held) < self._room():
                future = self._submitted(run_part, waiting[0])
                held[future] = waiting.popleft()
                finished.add(future)
            future = next(finished)
            job = held.pop(future)
            done = self._result(future)
            if done:
                yield _seen(done)
            else:
                died.append(job)
        for job in died:
            yield _seen(rescued(job, self._alone))

    def _room(self) -> int:
        """Workers may come and go."""
        try:
            return AHEAD * max(1, sum(int(threads) for threads in self._client.nthreads().values()))
        except OSError as error:  # distributed's own errors of a lost connection are kinds of it
            raise self._gone() from error

    def _submitted(self, work: Work, job: PartJob) -> Future:
        """Workers take parts in this order: of those handed over within .1 s Dask would take any."""
        return self._client.submit(
            _made, work, self._stage, packed(job, b""), _code(), pure=False, priority=-next(self._turns)
        )

    def _alone(self, work: Work, job: PartJob) -> PartDone | None:
        return self._result(self._submitted(work, job))

    def _result(self, future: Future) -> PartDone | None:
        """None where the part's workers died; what a stage raised is raised here."""
        error = future.exception()
        if isinstance(error, KilledWorker):
            return None
        if future.cancelled():
            raise self._gone()
        result: PartDone = future.result()
        return result

    def _gone(self) -> FailedError:
        return FailedError(
            f"the Dask scheduler at {self._where} is gone; finished parts are kept: "
            "start it and run the same command again"
        )


def _local_cluster(workers: int) -> LocalCluster:
    """One thread each: a stage is Python, and two of them in one process would wait for each other."""
    return LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)


def _client(where: str | LocalCluster | None) -> Client:
    try:
        return Client(where, timeout=CONNECT_SECONDS, set_as_default=False)
    except OSError as error:
        raise FailedError(f"no Dask scheduler answers at {where}: {error}") from error


def _seen(done: PartDone) -> PartDone:
    if not done.folder.is_dir():
        raise FailedError(
            f"{done.folder} was made on a worker and is not here: workers must share the folder"
        )
    return done


def _itself(packed: bytes) -> bytes:
    """A task of its own, so that the scheduler holds a stage once and a lost worker's copy comes again."""
    return packed


def _made(work: Work, stage: bytes, job: PackedJob, code: str) -> PartDone:
    if _code() != code:
        raise FailedError(f"the worker on {platform.node()} has another version of yuqi or its libraries")
    if not job.folder.parent.is_dir():
        raise FailedError(f"the worker on {platform.node()} does not see {job.folder.parent}")
    return run_packed(work, replace(job, stage=stage))


@cache
def _code() -> str:
    """Parts are keyed by the code that makes them: a worker with other code would make wrong ones."""
    return part_key([stage_version(stage) for stage in DEPENDS])
