"""What a build costs after a few pages came, beside one of all pages from nothing: CPU by step, one process.

python -m benchmarks.incremental                          # 1,008 sample articles, and 1 % more a day later
python -m benchmarks.incremental --keep DIR --rounds 3    # DIR holds the full build for further runs of this

The day's pages are new on every site, so that nothing which a site's pages decide together is as it was.
Each round adds them to a copy of what was built; the first one of a process also loads what it needs, so the
one of the least CPU is told. The full build is the first of its process where DIR holds none.
Copies lie where TMPDIR says: in a folder whose disk has no room beside it each new file costs a millisecond.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.filled import fill, filled
from crawler.workspace import Workspace, open_workspace
from pipeline import build as building
from pipeline import make
from pipeline.engine import serial
from pipeline.parts import PartDone, PartJob, part_key
from pipeline.versions import DEPENDS, stage_version
from yuqi.building import build_workspace
from yuqi.samples import Farm

PAGES, SHARE, ROUNDS = 1008, 0.01, 2
BUILT, FULL = "w", "full-{}.json"  # what is kept: the workspace, and what its full build cost, by its code
PUBLISHING = "publish: index and copy"
ELSE = "definitions, load, check and the rest of the corpus's file"
LOADING = ("findings into tables", "counts", ELSE)
# Steps that a build's own functions are: where they are called, and what they are called there.
STEPS: dict[str, tuple[Any, str]] = {
    "what pages of a site have in common": (make, "_recurring"),
    "elements learnt": (make, "_learnt"),
    "divided articles": (make, "_divided"),
    "keys of article parts": (make, "article_sources"),
    "copies": (building, "group"),
    "findings into tables": (building, "load_found"),
    "counts": (building, "count"),
    PUBLISHING: (building, "publish"),
}


@dataclass
class Steps:
    """CPU seconds by step of one build."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    documents: dict[str, int] = field(default_factory=dict)  # by step, where it makes parts

    @contextmanager
    def on(self, name: str) -> Iterator[None]:
        begun = time.process_time()
        yield
        self.seconds[name] += time.process_time() - begun

    def timed(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def called(*given: Any, **named: Any) -> Any:
            with self.on(name):
                found = work(*given, **named)
                return list(found) if isinstance(found, Iterator) else found

        return called

    def __enter__(self) -> Callable[..., Any]:
        return self.engine

    def engine(self, jobs: Sequence[PartJob]) -> Iterator[PartDone]:
        """Parts are made here, one after the other."""
        name = f"parts: {jobs[0].stage.name}"
        made = self.timed(name, serial)(jobs)
        self.documents[name] = sum(part.documents for part in made)
        return iter(made)

    def __exit__(self, *_: object) -> None: ...


def built(place: Workspace, *, full: bool) -> Steps:
    steps = Steps()
    with ExitStack() as stack:
        for name, (module, attribute) in STEPS.items():
            timed = steps.timed(name, getattr(module, attribute))
            stack.enter_context(patch.object(module, attribute, timed))
        begun = time.process_time()
        build_workspace(place, full=full, engine=lambda: steps)
        whole = time.process_time() - begun
    steps.seconds[ELSE] = whole - sum(steps.seconds.values())
    return steps


def told(full: Steps, added: Steps) -> Iterator[str]:
    yield "| step (documents) | all pages, CPU s | some more, CPU s | share |\n| --- | --- | --- | --- |"
    for name in dict.fromkeys([*full.seconds, *added.seconds]):
        made = [one.documents.get(name, 0) for one in (full, added)]
        named = f"{name} ({made[0]:,}; {made[1]:,})" if any(made) else name
        yield _row(named, full.seconds.get(name, 0.0), added.seconds.get(name, 0.0))
    stages = [
        sum(value for name, value in one.seconds.items() if name.startswith("parts")) for one in (full, added)
    ]
    whole = [sum(one.seconds.values()) for one in (full, added)]
    published = [one.seconds[PUBLISHING] for one in (full, added)]
    stored = [one.seconds[PUBLISHING] + sum(one.seconds[name] for name in LOADING) for one in (full, added)]
    yield _row("**parts of all stages**", *stages)
    share = (whole[1] - stored[1]) / whole[0]
    yield _row(
        f"**all stages: parts, site memory, copies** (of a full build: {share:.3f})",
        *(one - two for one, two in zip(whole, stored, strict=True)),
    )
    yield _row("**all but publishing**", whole[0] - published[0], whole[1] - published[1])
    yield _row("**whole build**", *whole)


def _row(name: str, full: float, added: float) -> str:
    return f"| {name} | {full:.2f} | {added:.2f} | {added / max(1e-9, full):.3f} |"


def full_build(folder: Path, farm: Farm) -> Steps:
    """Of all pages, in `folder`; as an earlier run measured it, if of this code and brought to its end."""
    told_before = folder / FULL.format(part_key(repr(farm), *map(stage_version, DEPENDS))[:16])
    if not told_before.exists():
        shutil.rmtree(folder / BUILT, ignore_errors=True)
        full = built(filled(folder / BUILT, farm), full=True)
        told_before.write_text(json.dumps(vars(full)), encoding="utf-8")
    return Steps(**json.loads(told_before.read_text(encoding="utf-8")))


def some_more(folder: Path, farm: Farm, later: Farm) -> Steps:
    """The day's pages built on top of a copy."""
    with tempfile.TemporaryDirectory() as copied:
        place = Path(copied) / BUILT
        shutil.copytree(folder / BUILT, place, symlinks=True)
        fill(open_workspace(place), later, range(farm.total, later.total))
        return built(open_workspace(place), full=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument(
        "--share", type=float, default=SHARE, help="of the pages: so many are new a day later"
    )
    parser.add_argument("--keep", type=Path, help="folder of a full build of so many pages, made if missing")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="so often are they added")
    asked = parser.parse_args()
    farm = Farm(pages=asked.pages, changed=0.0, gone=0.0, new=asked.share)
    later = farm.at(1)
    with tempfile.TemporaryDirectory() as folder:
        kept = asked.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        full = full_build(kept, farm)
        rounds = [some_more(kept, farm, later) for _ in range(asked.rounds)]
    print(*told(full, min(rounds, key=lambda one: sum(one.seconds.values()))), sep="\n")


if __name__ == "__main__":
    main()
