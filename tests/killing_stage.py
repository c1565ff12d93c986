"""A stage of the tests whose words end processes, and a command that makes its parts; not a test itself."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from pipeline.engine import Local
from pipeline.parts import PartJob, part_file, part_key, read_rows
from pipeline.records import Drop, Edit

MANY = 1000  # documents, as far as an engine is told


@dataclass(frozen=True)
class Killing:
    """One edit a word. `die` ends the process; `once:FILE` only where there is no such file yet, which it
    makes; `wait:SECONDS` takes its time; `unread` ends the process before it is a document.
    """

    name: ClassVar[str] = "killing"
    tables: ClassVar[tuple[type, ...]] = (Edit, Drop)

    def documents(self, source: tuple[str, ...]) -> Iterator[str]:
        for word in source:
            if word == "unread":
                os.kill(os.getpid(), 9)
            yield word

    def __call__(self, word: str) -> Iterator[Edit]:
        act, _, said = word.partition(":")
        if act == "wait":
            time.sleep(float(said))
        if act == "die" or (act == "once" and not Path(said).exists()):
            if said:
                Path(said).touch()
            os.kill(os.getpid(), 9)
        yield Edit(word, 0, "text", "shout", 0, len(word), word, word.upper(), "certain")

    def lost(self, word: str) -> Drop:
        return Drop(word, None, self.name, "extractor-failed")


def jobs(folder: Path, *sources: tuple[str, ...], documents: int = MANY) -> list[PartJob]:
    stage = Killing()
    return [PartJob(stage, source, folder / stage.name / part_key(source), documents) for source in sources]


def edits(job: PartJob) -> list[str]:
    return [row.original for row in read_rows(part_file(job.folder, Edit), Edit)]


def drops(job: PartJob) -> list[tuple[str, str]]:
    return [(row.url, row.reason) for row in read_rows(part_file(job.folder, Drop), Drop)]


if __name__ == "__main__":  # FOLDER DOCUMENTS WORD,WORD… …: a build of one stage
    sources = [tuple(said.split(",")) for said in sys.argv[3:]]
    with Local(2) as pool:
        for done in pool(jobs(Path(sys.argv[1]), *sources, documents=int(sys.argv[2]))):
            print(*done.errors, flush=True)
