"""The same build by each engine: one local worker, two, Dask with two; times side by side, tables compared.

python -m benchmarks.engines                        # the sample sites, 1,008 articles
python -m benchmarks.engines --workspace DIR        # an archive of yours; it is copied, not touched

The first run after an installation compiles: the second one counts.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from benchmarks.peers.tools.child import spent
from benchmarks.workspaces import asked_for
from crawler.workspace import Workspace
from pipeline.dask_engine import Dask
from pipeline.engine import Engine, Local, Running
from pipeline.parts import PartDone, PartJob
from tests.stores import digests
from yuqi.building import build_workspace

PAGES = 1008
ENGINES: dict[str, Callable[[], Running]] = {
    "local, 1 worker": lambda: Local(1),
    "local, 2 workers": lambda: Local(2),
    "dask, 2 workers": lambda: Dask(workers=2),
}


@dataclass
class Timed:
    """Another engine, and how long each stage of the build waited for it."""

    running: Running
    seconds: dict[str, float] = field(default_factory=dict)
    engine: Engine | None = None

    def __enter__(self) -> Self:
        self.engine = self.running.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.running.__exit__(kind, error, trace)

    def __call__(self, jobs: Sequence[PartJob]) -> Iterator[PartDone]:
        assert self.engine is not None
        begun = time.perf_counter()
        yield from self.engine(jobs)
        self.seconds[jobs[0].stage.name] = time.perf_counter() - begun


@dataclass(frozen=True)
class Measured:
    whole: float  # wall, as are the stages
    cpu: float
    stages: dict[str, float]

    @property
    def maps(self) -> float:
        return sum(self.stages.values())


def measured(place: Workspace, running: Callable[[], Running]) -> Measured:
    begun, cpu = time.perf_counter(), spent()
    timed = Timed(running())
    build_workspace(place, full=True, engine=lambda: timed)
    return Measured(time.perf_counter() - begun, spent() - cpu, timed.seconds)


def told(results: dict[str, Measured]) -> Iterator[str]:
    yield "| engine | map stages, s | whole build, s | CPU, s | " + " | ".join(_stages(results)) + " |"
    yield "| --- " * (4 + len(_stages(results))) + "|"
    for name, result in results.items():
        stages = " | ".join(f"{result.stages.get(stage, 0):.1f}" for stage in _stages(results))
        yield f"| {name} | {result.maps:.1f} | {result.whole:.1f} | {result.cpu:.1f} | {stages} |"
    one, two, dask = results.values()
    maps, whole = one.maps / two.maps, one.whole / two.whole
    yield f"two workers against one: map stages {maps:.2f} ×, whole build {whole:.2f} ×"
    yield f"Dask against the local pool, both with two: {dask.whole / two.whole:.2f} × its time"


def _stages(results: dict[str, Measured]) -> list[str]:
    return list(dict.fromkeys(stage for result in results.values() for stage in result.stages))


def main() -> None:
    with asked_for(__doc__, PAGES) as place:
        results, stores = {}, []
        for name, running in ENGINES.items():
            results[name] = measured(place, running)
            stores.append(digests(place.latest))
            print(name, results[name], file=sys.stderr, flush=True)
        print(*told(results), sep="\n")
        print("tables:", "the same" if all(store == stores[0] for store in stores) else "DIFFERENT")


if __name__ == "__main__":  # workers import this module again
    main()
