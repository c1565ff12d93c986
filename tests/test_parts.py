"""Parts: whole or absent, made once, the same on every engine; a bug on one page costs that page."""

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

from pipeline.engine import Local, serial
from pipeline.parts import (
    OBJECTS_UNSEARCHED,
    PartJob,
    TooManyErrorsError,
    part_file,
    part_key,
    read_rows,
    remove_unused,
    run_part,
)
from pipeline.records import Drop, Edit

MANY = 1000  # documents, as far as an engine is told


@dataclass(frozen=True)
class Shout:
    """A stage of the tests: one edit a word; `poison` raises."""

    name: ClassVar[str] = "shout"
    tables: ClassVar[tuple[type, ...]] = (Edit, Drop)

    def documents(self, source: tuple[str, ...]) -> Iterator[str]:
        yield from source

    def __call__(self, word: str) -> Iterator[Edit]:
        yield Edit(word, 0, "text", "shout", 0, len(word), word, word.upper(), "certain")
        if word == "poison":
            raise ValueError("a bug")

    def lost(self, word: str) -> Drop:
        return Drop(word, None, self.name, "extractor-failed")


def jobs(folder: Path, *sources: tuple[str, ...]) -> list[PartJob]:
    stage = Shout()
    return [PartJob(stage, source, folder / "shout" / part_key(source), MANY) for source in sources]


def edits(job: PartJob) -> list[str]:
    return [row.replacement for row in read_rows(part_file(job.folder, Edit), Edit)]


@pytest.mark.parametrize("workers", [0, 2], ids=["serial", "local"])
def test_all_engines_make_the_same_parts(tmp_path, workers):
    held = jobs(tmp_path, ("a", "b"), ("c",), ())
    with Local(workers) as pool:
        assert len(list((pool if workers else serial)(held))) == 3
    assert [edits(job) for job in held] == [["A", "B"], ["C"], []]


def test_rows_that_are_kept_are_not_searched_for_garbage_and_afterwards_all_is_as_before(tmp_path):
    seen = []

    class Watched(Shout):
        def __call__(self, word: str) -> Iterator[Edit]:
            seen.append(gc.get_threshold())
            return super().__call__(word)

    before = gc.get_threshold()
    run_part(PartJob(Watched(), ("a",), tmp_path / "one"))
    with pytest.raises(TooManyErrorsError):
        run_part(PartJob(Watched(), ("poison",) * 3, tmp_path / "two"))
    assert {most for most, *_ in seen} == {OBJECTS_UNSEARCHED} and gc.get_threshold() == before


def test_a_part_that_exists_is_left_as_it_is(tmp_path):
    (job,) = jobs(tmp_path, ("a",))
    run_part(job)
    before = part_file(job.folder, Edit).stat().st_mtime_ns
    assert run_part(job).documents == 0
    assert part_file(job.folder, Edit).stat().st_mtime_ns == before


def test_a_page_that_raises_is_a_counted_drop_and_leaves_no_half_of_its_rows(tmp_path, capsys):
    (job,) = jobs(tmp_path, ("a", "poison", "b"))
    done = run_part(job)
    assert edits(job) == ["A", "B"]
    assert [row.reason for row in read_rows(part_file(job.folder, Drop), Drop)] == ["extractor-failed"]
    assert len(done.errors) == 1
    assert "poison" in capsys.readouterr().err


def test_more_errors_than_bad_input_explains_stop_the_run_and_leave_no_part(tmp_path):
    (job,) = jobs(tmp_path, ("poison",) * 3)
    with pytest.raises(TooManyErrorsError, match="a bug"):
        run_part(job)
    assert not job.folder.exists()


def test_what_no_build_uses_is_removed(tmp_path):
    held = jobs(tmp_path, ("a",), ("b",))
    for job in held:
        run_part(job)
    remove_unused(tmp_path, [held[0].folder])
    assert [job.folder.is_dir() for job in held] == [True, False]
