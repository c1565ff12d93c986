"""What site memory compares, part by part and as numbers: worked out once, counted over by every build."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from crawler.whole_files import whole_folder
from pipeline.parts import write_table
from pipeline.questions import Questions

LEAST_TEXTS = 3  # findings/extraction: three pages of a host are nearly enough
LONG_HAN = 20  # of a line as long as a sentence
# A sentence that cites a law, by its article or by a title that ends as Chinese laws do, is no notice.
CITES = r"第[一二三四五六七八九十百千零〇\d]{1,7}条|《[^》]*(?:法|法典|条例|规定|办法|解释)》"
NUMBERED_HEADING = (
    r"^\s*(?:第?[一二三四五六七八九十百]{1,3}[、，,.．:：章节部]|[（(][一二三四五六七八九十\d]{1,3}[)）]|"
    r"\d{1,2}(?:[.．]\d{1,2})+|\d{1,2}[、.．)）][^\d])"
)
HEADING_CHARS = 40  # the longest of the real numbered headings has 23
TOLD = {
    "heading": NUMBERED_HEADING,
    "heading_chars": HEADING_CHARS,
    "sentence": r"[。！？!?；;…”」]\s*$",
    "long_han": LONG_HAN,
    "cites": CITES,
}
PARTS_TOGETHER = 16  # of at most a thousand pages each: some 50 megabytes
QUESTIONS = Questions(Path(__file__).resolve().parent)


@dataclass(frozen=True)
class MemoryPart:
    """`read` holds drafts and their lines; `folder` is where what memory asks of them is kept."""

    read: Path
    folder: Path

    @property
    def drafts(self) -> str:
        return str(self.read / "drafts.parquet")

    @property
    def draft_lines(self) -> str:
        return str(self.read / "draft_lines.parquet")

    @property
    def lines(self) -> str:
        return str(self.folder / "lines.parquet")

    @property
    def pages(self) -> str:
        return str(self.folder / "pages.parquet")


def prepare(connection: duckdb.DuckDBPyConnection, parts: Sequence[MemoryPart]) -> None:
    """Whole under its final name or not there at all; what is there is left as it is."""
    missing = [part for part in parts if not part.folder.is_dir()]
    for some in together(missing):
        files = {"draft_lines": [part.draft_lines for part in some], "drafts": [part.drafts for part in some]}
        lines = by_file(QUESTIONS.arrow(connection, "part_lines", **files, **TOLD))
        pages = by_file(QUESTIONS.arrow(connection, "part_pages", **files))
        for part in some:
            _write(part, lines(part.draft_lines), pages(part.drafts))


def together(parts: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Parts, or their numbers, some at a time: to ask about one alone costs as much as about a dozen."""
    for start in range(0, len(parts), PARTS_TOGETHER):
        yield parts[start : start + PARTS_TOGETHER]


def by_file(rows: pa.Table) -> Callable[[str], pa.Table]:
    """Rows of each file, which stand together; without the column that names it.

    Runs are told apart by their rows: what arrow groups by comes in an order of its own.
    """
    told = pc.run_end_encode(rows["part"].combine_chunks())  # type: ignore[attr-defined]  # the stubs lack it
    ends: list[int] = told.run_ends.to_pylist()
    places = dict(zip(told.values.to_pylist(), zip([0, *ends], ends, strict=False), strict=True))
    bare = rows.drop_columns(["part"])

    def of_file(file: str) -> pa.Table:
        start, end = places.get(file, (0, 0))
        return bare.slice(start, end - start)

    return of_file


def _write(part: MemoryPart, lines: pa.Table, pages: pa.Table) -> None:
    with whole_folder(part.folder) as folder:
        fresh = MemoryPart(part.read, folder)
        write_table(Path(fresh.lines), lines)
        write_table(Path(fresh.pages), pages)
