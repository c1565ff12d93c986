"""Pages and visits that a build keeps on disk."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from crawler.page import KnownPage
from pipeline.on_disk import TOGETHER, OnDisk
from pipeline.store.load import KnownPageRow

NOW = datetime(2025, 3, 1, 12, 30, 15, 7, tzinfo=UTC)
PAGES = [
    KnownPage(
        f"http://a.example.com/{n}", "a", "article", "live", n % 2 == 0, None, NOW, NOW, None, n, 0, None
    )
    for n in range(TOGETHER + 3)
]


def kept(folder: Path, pages: list[KnownPage]) -> OnDisk[KnownPage]:
    return OnDisk(KnownPageRow, KnownPage, iter(pages), folder)


def test_rows_come_back_as_they_were_and_as_often_as_asked_for(tmp_path: Path) -> None:
    with closing(kept(tmp_path, PAGES)) as held:
        assert len(held) == len(PAGES)
        first = iter(held)
        assert next(first) == PAGES[0]
        assert list(held) == PAGES  # while the first is under way
        assert list(first) == PAGES[1:]
        assert list(held.values("visits", "url"))[-1] == (TOGETHER + 2, PAGES[-1].url)


def test_the_file_has_no_name_so_that_a_killed_build_leaves_none(tmp_path: Path) -> None:
    with closing(kept(tmp_path, PAGES[:2])):
        assert list(tmp_path.iterdir()) == []


def test_no_rows_are_no_rows(tmp_path: Path) -> None:
    with closing(kept(tmp_path, [])) as held:
        assert list(held) == []
        assert list(held.batches()) == []
