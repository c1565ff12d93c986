"""Where parts are made: a map over jobs that sees no record. Another engine is one more of these."""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Protocol, Self

from crawler.workspace import FailedError
from pipeline.lanes import Lane, Work, end_starting, packed
from pipeline.parts import PartDone, PartJob, run_part
from pipeline.quarantine import mark_of, marked, rescued
from pipeline.room import room

FEW_DOCUMENTS = 200  # below this, starting workers takes longer than what they would save
DEATHS_EACH = 3  # of a worker, without a part finished between: then it is not the parts

Engine = Callable[[Sequence[PartJob]], Iterator[PartDone]]


class Running(Protocol):
    """An engine that holds processes while it is entered."""

    def __enter__(self) -> Engine: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...


def serial(jobs: Sequence[PartJob]) -> Iterator[PartDone]:
    """In this process, one after the other."""
    return map(run_part, jobs)


def largest_first(jobs: Sequence[PartJob]) -> list[PartJob]:
    """So that no worker begins a long part when the others are done."""
    return sorted(jobs, key=lambda job: -job.documents)


class Local:
    """Processes on this machine for all stages of a build; done parts in the order they finish.

    Each process has one part in hand and takes the largest that is left. They are started when there is
    enough to do, and kept: starting one costs seconds of imports and dictionaries. A part whose process died
    waits until the others are done, and is then made alone. What is too little for a process of its own is
    made in this one, unless an earlier build died over it.
    """

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or room().workers
        self._idle: list[Lane] = []
        self._busy: dict[Future[PartDone], tuple[Lane, PartJob]] = {}
        self._stage = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for lane, _ in self._busy.values():
            lane.stop()
        for lane in self._idle:
            lane.close()
        if self._idle or self._busy:
            end_starting()

    def __call__(self, jobs: Sequence[PartJob]) -> Iterator[PartDone]:
        self._stage = pickle.dumps(jobs[0].stage)
        died = [job for job in jobs if mark_of(job).exists()]
        fresh = [job for job in jobs if job not in died] if died else jobs
        if sum(job.documents for job in fresh) < FEW_DOCUMENTS:
            yield from serial([marked(job) for job in fresh])
        else:
            yield from self._side_by_side(fresh, died)
        for job in died:
            yield rescued(job, self._alone)

    def _side_by_side(self, jobs: Sequence[PartJob], died: list[PartJob]) -> Iterator[PartDone]:
        """Adds to `died` what it could not make."""
        waiting, deaths = deque(largest_first(jobs)), 0
        while waiting or self._busy:
            while waiting and len(self._busy) < self.workers:
                self._submit(run_part, waiting.popleft())
            for job, done in self._finished():
                deaths = 0 if done else deaths + 1
                if done:
                    yield done
                else:
                    died.append(job)
            if deaths >= self.workers * DEATHS_EACH:
                raise FailedError(
                    "workers die one after the other (out of memory?); finished parts are kept: "
                    "run the command again, perhaps with --workers 1"
                )

    def _submit(self, work: Work, job: PartJob) -> None:
        lane = self._idle.pop() if self._idle else Lane()
        try:
            future = lane.submit(work, packed(job, self._stage))
        except BrokenProcessPool:  # it died while it had nothing in hand
            lane.close()
            self._submit(work, job)
        else:
            self._busy[future] = lane, job

    def _finished(self) -> list[tuple[PartJob, PartDone | None]]:
        """At least one job and its part; None where the process died."""
        return [self._taken(future) for future in wait(self._busy, return_when=FIRST_COMPLETED).done]

    def _taken(self, future: Future[PartDone]) -> tuple[PartJob, PartDone | None]:
        lane, job = self._busy.pop(future)
        if isinstance(future.exception(), BrokenProcessPool):
            lane.close()
            return job, None
        self._idle.append(lane)
        return job, future.result()

    def _alone(self, work: Work, job: PartJob) -> PartDone | None:
        self._submit(work, job)
        ((_, done),) = self._finished()
        return done
