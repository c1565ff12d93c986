"""Where the CPU time of a page goes in a full build, and what the bare steps cost that nobody can do without.

python -m benchmarks.page                           # the sample sites, 504 articles
python -m benchmarks.page --workspace DIR           # an archive of yours; it is copied, not touched
"""

from __future__ import annotations

import hashlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import lxml.html
from selectolax.lexbor import LexborHTMLParser

from benchmarks.workspaces import asked_for
from crawler.page import Page
from crawler.workspace import Workspace
from pipeline.decode import decode
from pipeline.parts import PartDone, PartJob, Stage, run_part
from yuqi.building import build_workspace
from yuqi.evaluating.memories import memories

PAGES = 504
FETCHING, WORKING, WRITING = "reads", "works", "writes"


@dataclass
class Clock:
    """CPU seconds by step, and the pages that went by."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    pages: list[Page] = field(default_factory=list)

    @contextmanager
    def on(self, step: str) -> Iterator[None]:
        begun = time.process_time()
        yield
        self.seconds[step] += time.process_time() - begun

    def __enter__(self) -> Callable[[Sequence[PartJob]], Iterator[PartDone]]:
        return self.engine

    def __exit__(self, *_: object) -> None: ...

    def engine(self, jobs: Sequence[PartJob]) -> Iterator[PartDone]:
        """In this process, each part with its stage clocked."""
        for job in jobs:
            name = job.stage.name
            steps = [f"{name}: {step}" for step in (FETCHING, WORKING)]
            before, begun = sum(self.seconds[step] for step in steps), time.process_time()
            yield run_part(replace(job, stage=Clocked(job.stage, self)))
            within = sum(self.seconds[step] for step in steps) - before
            self.seconds[f"{name}: {WRITING}"] += time.process_time() - begun - within


@dataclass
class Clocked:
    """A stage, its documents and its work apart."""

    stage: Stage
    clock: Clock

    def __post_init__(self) -> None:
        self.name, self.tables, self.lost = self.stage.name, self.stage.tables, self.stage.lost

    def documents(self, source: Any) -> Iterator[Any]:
        documents = iter(self.stage.documents(source))
        while True:
            with self.clock.on(f"{self.name}: {FETCHING}"):
                document = next(documents, None)
            if document is None:
                return
            if self.name == "read":
                self.clock.pages.append(document[0])
            yield document

    def __call__(self, document: Any) -> Iterable[Any]:
        with self.clock.on(f"{self.name}: {WORKING}"):
            return list(self.stage(document))


def bare(pages: Sequence[Page]) -> dict[str, float]:
    """CPU seconds of the bare steps over the same pages."""
    clock = Clock()
    for page in pages:
        with clock.on("SHA-256 of the payload"):
            hashlib.sha256(page.payload).digest()
        with clock.on("decode (ours)"):
            decoded = decode(page.payload, page.content_type)
        if decoded is None or not decoded.text.strip():
            continue
        with clock.on("parse, lexbor"):
            LexborHTMLParser(decoded.text)
        with clock.on("parse, lxml"):
            lxml.html.document_fromstring(
                decoded.text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8")
            )
    return clock.seconds


def told(clock: Clock, whole: float) -> Iterator[str]:
    """A table in Markdown."""
    count, steps = len(clock.pages), dict(clock.seconds)
    steps["copies, counts, snapshot"] = whole - sum(steps.values())
    limits = bare(clock.pages)
    yield "| step | ms of CPU a page | share |\n| --- | --- | --- |"
    for step, seconds in steps.items():
        yield f"| {step} | {1000 * seconds / count:.2f} | {seconds / whole:.3f} |"
    yield f"| **whole build** ({count} pages read) | **{1000 * whole / count:.2f}** | 1 |"
    for step, seconds in limits.items():
        yield f"| bare: {step} | {1000 * seconds / count:.3f} | {seconds / whole:.4f} |"
    maps = sum(clock.seconds.values())
    parse = limits["parse, lxml"]
    yield f"\nagainst an lxml parse alone: map stages {maps / parse:.1f} ×, whole build {whole / parse:.1f} ×"


def clocked(place: Workspace) -> tuple[Clock, float]:
    clock, begun = Clock(), time.process_time()
    build_workspace(place, full=True, engine=lambda: clock)
    return clock, time.process_time() - begun


def main() -> None:
    with asked_for(__doc__, PAGES) as place:
        clocked(place)  # dictionaries, automata and compiled code are there once
        for remembered in memories():  # a second build of the same pages would know all their lines
            remembered.cache_clear()
        print(*told(*clocked(place)), sep="\n")


if __name__ == "__main__":
    main()
