"""What site memory remembers from build to build saves reading and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.drafts import Draft, DraftLine
from pipeline.kept import keep_signed, load_signed
from pipeline.lines import line_key
from pipeline.parts import part_file
from pipeline.schema import to_arrow
from pipeline.site_memory import MemoryPart, Recurring, nothing_signed, recurring
from pipeline.site_memory.part_lines import by_file
from tests.test_site_memory import NOTICE, article, draft, line

GREETING = "欢迎来到样例栏目"


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


def part(folder: Path, name: str, pages: dict[str, Sequence[str]]) -> MemoryPart:
    """Pages by number."""
    read = folder / "read" / name
    read.mkdir(parents=True)
    drafts = [draft(f"a-{number}", "farm", sourced=True) for number in pages]
    lines = [
        line(f"a-{number}", place, text) for number, page in pages.items() for place, text in enumerate(page)
    ]
    for record, rows in ((Draft, drafts), (DraftLine, lines)):
        pq.write_table(to_arrow(record, rows), part_file(read, record))
    return MemoryPart(read, folder / "kept" / name)


def page(number: int, *more: str) -> list[str]:
    return ["标题", GREETING, *article(number), *more]


def first(folder: Path) -> MemoryPart:
    return part(folder, "first", {f"{n}": page(n, NOTICE) for n in range(5)})


def said(found: Recurring) -> set[str]:
    return {key for _, key in found.furniture}


def test_a_part_that_was_counted_once_is_read_no_more(tmp_path: Path, connection) -> None:
    old = first(tmp_path)
    before = recurring(connection, [old])
    (old.read / "draft_lines.parquet").unlink()
    new = part(tmp_path, "second", {f"{n}": page(n, NOTICE) for n in range(5, 8)})
    after = recurring(connection, [old, new], known=before.signed)
    assert said(after) == said(before) == {line_key(GREETING), line_key(NOTICE)}
    assert after.by_part == (after.furniture, after.furniture)


def test_over_what_is_remembered_the_same_is_found_as_from_nothing(tmp_path: Path, connection) -> None:
    """A third page with a line at its edge makes it the frame's: the two pages before have another text."""
    ends = "本页到此为止谢谢阅读"
    old = part(tmp_path, "old", {f"{n}": page(n, *([ends] if n < 2 else [])) for n in range(6)})
    new = part(tmp_path, "new", {f"{n}": page(n, ends) for n in range(6, 8)})
    known = recurring(connection, [old]).signed
    over = recurring(connection, [old, new], known=known)
    fresh = [MemoryPart(one.read, tmp_path / "anew" / one.read.name) for one in (old, new)]
    anew = recurring(connection, fresh)
    assert (over.furniture, over.by_part) == (anew.furniture, anew.by_part)
    assert all(map(np.array_equal, over.signed, anew.signed))
    changed = over.signed.masks[np.searchsorted(over.signed.articles, known.articles)] != known.masks
    assert changed.sum() == 2


def test_furniture_stands_with_the_parts_that_hold_it(tmp_path: Path, connection) -> None:
    parts = [first(tmp_path), part(tmp_path, "bare", {"9": ["标题", *article(9)]})]
    held, bare = recurring(connection, parts).by_part
    assert len(held) == 2
    assert not bare


def test_signatures_are_kept_and_found_again_and_worked_out_where_the_disk_has_lost_them(
    tmp_path: Path, connection
) -> None:
    signed = recurring(connection, [first(tmp_path)]).signed
    folder = keep_signed(tmp_path, signed)
    assert keep_signed(tmp_path, load_signed(tmp_path)) == folder
    assert len(load_signed(tmp_path).articles) == 5
    pq.write_table(pa.table({"least": pa.array([1], pa.uint32())}), folder / "minima.parquet")
    assert all(map(np.array_equal, load_signed(tmp_path), nothing_signed()))
    assert not folder.exists()


@given(
    st.lists(st.text(st.sampled_from("abcdef0123456789"), min_size=32, max_size=32), unique=True, max_size=20)
)
def test_rows_of_each_file_are_its_own_whatever_the_files_are_called(names: Sequence[str]) -> None:
    """Arrow's groups came in another order for some names: lines of one part stood in another's file."""
    files = [f"/parts/read/{name}/drafts.parquet" for name in sorted(names)]
    rows = pa.table({"part": [file for file in files for _ in range(3)], "page": range(3 * len(files))})
    of_file = by_file(rows)
    assert [of_file(file)["page"].to_pylist() for file in files] == [
        [3 * number, 3 * number + 1, 3 * number + 2] for number in range(len(files))
    ]
    assert of_file("elsewhere").num_rows == 0
