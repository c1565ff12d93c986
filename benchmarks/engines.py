"""The same build by each engine: one local worker, two, Dask with two; times side by side, tables compared.

python -m benchmarks.engines                        # the sample sites, 1,008 articles
python -m benchmarks.engines --workspace DIR        # an archive of yours; it is copied, not touched

The first run after an installation compiles: the second one counts.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from crawler.crawl import crawl
from crawler.sites import load_sites
from crawler.workspace import Workspace, open_workspace
from pipeline.dask_engine import Dask
from pipeline.engine import Engine, Local, Running
from pipeline.parts import PartDone, PartJob
from yuqi.building import build_workspace
from yuqi.samples import Farm, serve, write_definitions

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from stores import tables

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
    begun, spent = time.perf_counter(), _cpu()
    timed = Timed(running())
    build_workspace(place, full=True, engine=lambda: timed)
    return Measured(time.perf_counter() - begun, _cpu() - spent, timed.seconds)


def _cpu() -> float:
    """Of this process and of those that it has seen end."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def sampled(folder: Path, pages: int) -> Workspace:
    """The sample sites, crawled."""
    farm = Farm(pages=pages)
    folder.mkdir()
    (folder / "yuqi.toml").write_text("synthetic = true\n", encoding="utf-8")
    with serve(farm) as served:
        write_definitions(farm, folder, served.bases)
        place = open_workspace(folder)
        crawl(place, list(load_sites(place.sites).values()))
    return place


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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--workspace", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "w"
        if asked.workspace:
            shutil.copytree(asked.workspace, copy, symlinks=True)
        place = open_workspace(copy) if asked.workspace else sampled(copy, asked.pages)
        results, stores = {}, []
        for name, running in ENGINES.items():
            results[name] = measured(place, running)
            stores.append(tables(place.latest))
        print(*told(results), sep="\n")
        print("tables:", "the same" if all(store == stores[0] for store in stores) else "DIFFERENT")


if __name__ == "__main__":  # workers import this module again
    main()
