"""The same map over parts on Dask: a cluster that is there, or processes of this machine.

What is Dask's: which worker makes a part, and that a part whose worker is lost goes to another one. What is
ours: a part is a folder on a file system that all workers share under the same path, so a part that was
finished stays finished whoever dies. Where they share none, what a part is made from and the part itself go
through an object store. The scheduler holds paths, fetches and results, never a page.
"""

from __future__ import annotations

import pickle
import platform
import tempfile
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache, partial
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

import dask
from distributed import Client, Future, LocalCluster, as_completed
from distributed.comm import CommClosedError
from distributed.scheduler import KilledWorker

from crawler.workspace import FailedError
from pipeline.engine import largest_first
from pipeline.lanes import PackedJob, Work, packed, run_packed
from pipeline.object_store import ObjectStore, StoredMark, moved, read_by
from pipeline.parts import PartDone, PartJob, part_key, run_part
from pipeline.quarantine import mark_of, rescued
from pipeline.room import room
from pipeline.versions import DEPENDS, stage_version

AHEAD = 2  # parts a thread of the cluster: one in hand, one to go on with; the scheduler's memory stays small
CONNECT_SECONDS = 30
SETTINGS = {
    "distributed.scheduler.allowed-failures": 1,  # of a part's workers; a cluster's own scheduler has its own
    "distributed.comm.timeouts.connect": CONNECT_SECONDS,
}


class Dask:
    """An engine: jobs in, done parts in the order they finish.

    `store`: URL of what workers share; `anew`: parts that lie there are made again.
    """

    def __init__(
        self,
        address: str | None = None,
        workers: int | None = None,
        store: str | None = None,
        *,
        anew: bool = False,
    ) -> None:
        dask.config.set(SETTINGS)
        self._store, self._anew = store, anew
        self._where = address or "this machine"
        self._cluster = None if address else _local_cluster(workers or room().workers)
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
        stored, missing = self._stored(jobs)
        yield from stored
        waiting, held = deque(largest_first(missing)), dict[Future, PartJob]()
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
                yield self._seen(job, done)
            else:
                died.append(job)
        for job in died:
            yield self._seen(job, rescued(job, self._alone))

    def _room(self) -> int:
        """Workers may come and go."""
        try:
            return AHEAD * max(1, sum(int(threads) for threads in self._client.nthreads().values()))
        except OSError as error:  # distributed's own errors of a lost connection are kinds of it
            raise self._gone() from error

    def _submitted(self, work: Work, job: PartJob) -> Future:
        """Workers take parts in this order: of those handed over within .1 s Dask would take any."""
        store = self._store_of(job)
        if store:
            store.lend(read_by(job.source))
        made = partial(_made_away, store) if store else _made
        return self._client.submit(
            made, work, self._stage, packed(job, b""), _code(), pure=False, priority=-next(self._turns)
        )

    def _alone(self, work: Work, job: PartJob) -> PartDone | None:
        store = self._store_of(job)
        mark = StoredMark(store, mark_of(job)) if store else None
        if mark:
            mark.unlink(missing_ok=True)
        done = self._result(self._submitted(work, job))
        if mark and done is None:
            mark.bring()
        return done

    def _store_of(self, job: PartJob) -> ObjectStore | None:
        """A workspace's parts are `parts/<stage>/<key>`."""
        return ObjectStore(self._store, job.folder.parents[2]) if self._store else None

    def _stored(self, jobs: Sequence[PartJob]) -> tuple[list[PartDone], list[PartJob]]:
        """Parts that an earlier build, or another one, has left in the store; and the jobs without one."""
        done, missing = list[PartDone](), list[PartJob]()
        for job in jobs:
            store = self._store_of(job)
            if store and not self._anew and store.has_part(job.folder):
                store.fetch([job.folder])
                done.append(PartDone(job.folder, 0, ()))
            else:
                missing.append(job)
        return done, missing

    def _seen(self, job: PartJob, done: PartDone) -> PartDone:
        store = self._store_of(job)
        if store:
            store.fetch([job.folder])
        if not job.folder.is_dir():
            raise FailedError(
                f"{job.folder} was made on a worker and is not here: workers must share it, or a --store"
            )
        return done

    def _result(self, future: Future) -> PartDone | None:
        """None where the part's workers died; what a stage raised is raised here."""
        try:
            error = future.exception()
            if isinstance(error, KilledWorker):
                return None
            if future.cancelled():
                raise self._gone()
            result: PartDone = future.result()  # the scheduler is asked where it lies
        except CommClosedError as error:
            raise self._gone() from error
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


def _itself(packed: bytes) -> bytes:
    """A task of its own, so that the scheduler holds a stage once and a lost worker's copy comes again."""
    return packed


def _made(work: Work, stage: bytes, job: PackedJob, code: str) -> PartDone:
    _check_code(code)
    if not job.folder.parent.is_dir():
        raise FailedError(f"the worker on {platform.node()} does not see {job.folder.parent}")
    return run_packed(work, replace(job, stage=stage))


def _made_away(store: ObjectStore, work: Work, stage: bytes, job: PackedJob, code: str) -> PartDone:
    """In a folder of its own: what is read comes from the store, and the part goes there."""
    _check_code(code)
    with tempfile.TemporaryDirectory(prefix="yuqi-") as folder:
        here = store.at(Path(folder))
        mark = StoredMark(store, job.mark) if isinstance(job.mark, Path) else None
        source = moved(job.source, store.root, here.root)
        made = moved(job.folder, store.root, here.root)
        here.fetch(read_by(source))
        made.parent.mkdir(parents=True)
        done = run_packed(work, replace(job, stage=stage, source=source, folder=made, mark=mark))
        if made.is_dir():
            here.put_part(made, whole=not done.errors)
    return replace(done, folder=job.folder)


def _check_code(code: str) -> None:
    if _code() != code:
        raise FailedError(f"the worker on {platform.node()} has another version of yuqi or its libraries")


@cache
def _code() -> str:
    """Parts are keyed by the code that makes them: a worker with other code would make wrong ones."""
    return part_key([stage_version(stage) for stage in DEPENDS])
