"""Where a site's articles stand, learnt from the pages that were read well.

A page alone may take a long reply, an older post or a side bar for its article. Most pages of its design do
not, and they agree on one element; what one half of them teaches must hold on the other half. Where they
agree on none, they show at least what stands aside of their articles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.extract import Known
from pipeline.questions import Questions
from pipeline.tables.sites import LearntContainer

# Measured on 106 hosts of seven pages each, made of real pages with other real articles put in: .960 alone;
# with memory .979 where all else on them is the same on each page, .974 where it is other text on each. That
# pages vote with the length of their texts was worse: a page that takes in its comments is long.
TEACHING_CONFIDENCE = 0.5  # below, two readings of the page see different articles
NOVEL = 0.5  # of a text; a side bar is the same on many pages
SAME, MOST, APART = 9_000, 5_000, 5_000  # ten-thousandths of an article or of an element
LEAST_PAGES, LEAST_AGREEING = 4, 3  # findings/extraction: learnt from 4–30 pages
SHARE, HALF_SHARE = (
    0.5,
    0.25,
)  # of the pages; of the half on which it is lower, where one page in three may err
FITS = 5_000  # mean agreement of an element: less is a page around its article
WHOLE = 0.15  # of the pages: with nothing behind the element where others have comments or teasers
RECORDS, NO_MORE, RECORDS_SHARE = 0.5, 1.05, 0.4  # a page with one comment has no further one
REGULAR = 0.75  # of the pages: one in four may have been misread
LEAST_LEFT_OUT, NOTHING, SOME = 3, 500, 20  # pages; ten-thousandths of an element; characters, as a passage
SURE = 0.95  # findings/extraction: mean F1 .957 from here
ELSEWHERE = 2  # other articles; a line aside of one other article may be the teaser of this one
BESIDE = 0.5  # of a page's text; a teaser repeats a paragraph of it
MOST_LAYOUTS = 8  # of a site; each is learnt from the pages that the ones before do not explain

TEACHING = {"confidence": TEACHING_CONFIDENCE, "novel": NOVEL}
AGREED = {
    "same": SAME,
    "most": MOST,
    "least": LEAST_PAGES,
    "least_same": LEAST_AGREEING,
    "share": SHARE,
    "half_share": HALF_SHARE,
    "fits": FITS,
    "whole": WHOLE,
    "regular": REGULAR,
    "records": RECORDS,
    "no_more": NO_MORE,
    "records_share": RECORDS_SHARE,
}
LEFT_OUT = {"same": SAME, "least": LEAST_LEFT_OUT, "regular": REGULAR, "part": NOTHING}
ASTRAY = {"same": SAME, "apart": APART, "sure": SURE, "novel": NOVEL, "some": SOME}
LEARNT_COLUMNS = ("site_id", "name", "rank", "fit")
LEARNT_TYPES = (pa.string(), pa.string(), pa.int64(), pa.string())
TABLES = ("teaching_passages", "teaching_pages", "teaching_places", "left_out")

QUESTIONS = Questions(Path(__file__).resolve().parent)


@dataclass(frozen=True)
class Learnt:
    """What was learnt, in the order in which it is asked, and what is known of the pages that went astray."""

    containers: tuple[LearntContainer, ...]
    astray: Mapping[str, Known]


def learn(connection: duckdb.DuckDBPyConnection, files: Mapping[str, Sequence[Path]]) -> Learnt:
    """Over Parquet parts, by table, as pages were first read: what memory changes must not teach it again."""
    if not files["drafts"]:
        return Learnt((), {})
    _run(connection, "teaching_passages", files, elsewhere=ELSEWHERE)
    _run(connection, "teaching_pages", files, **TEACHING)
    _run(connection, "teaching_places", files)
    learnt = _agreed(connection)
    astray = _astray(connection, learnt)
    for table in TABLES:
        connection.execute(f"DROP TABLE {table}")
    return Learnt(tuple(learnt), astray)


def _run(
    connection: duckdb.DuckDBPyConnection, name: str, files: Mapping[str, Sequence[Path]], **numbers: float
) -> None:
    """A question gets the files that it asks for."""
    question = QUESTIONS.sql(name)
    asked = {table: list(map(str, held)) for table, held in files.items() if f"(${table})" in question}
    connection.execute(question, asked | numbers)


def _astray(connection: duckdb.DuckDBPyConnection, learnt: Sequence[LearntContainer]) -> dict[str, Known]:
    """An element that was learnt goes before what merely stands aside."""
    _show(connection, learnt)
    connection.execute(QUESTIONS.sql("left_out"), LEFT_OUT)
    elsewhere = connection.execute(QUESTIONS.sql("astray"), ASTRAY).fetchall()
    connection.unregister("learnt")
    aside = connection.execute(QUESTIONS.sql("asides"), {"beside": BESIDE}).fetchall()
    known = {article_id: Known(aside=tuple(digests)) for article_id, digests in aside}
    return known | {
        article_id: Known(name, firsts=tuple(firsts), laters=tuple(laters))
        for article_id, name, firsts, laters in elsewhere
    }


def _agreed(connection: duckdb.DuckDBPyConnection) -> list[LearntContainer]:
    """Layout after layout, until no further one is found anywhere."""
    learnt: list[LearntContainer] = []
    for layout in range(1, MOST_LAYOUTS + 1):
        _show(connection, learnt)
        open_sites = connection.execute(QUESTIONS.sql("unexplained"), {"least": LEAST_PAGES}).fetchall()
        found = connection.execute(QUESTIONS.sql("agreed"), AGREED).fetchall() if open_sites else []
        connection.unregister("learnt")
        if not found:
            break
        learnt += [LearntContainer(site, layout, name, *said) for site, name, *said in found]
    return learnt


def _show(connection: duckdb.DuckDBPyConnection, learnt: Sequence[LearntContainer]) -> None:
    rows = [(one.site_id, one.container, one.layout, one.fit) for one in learnt]
    columns = [
        pa.array([row[n] for row in rows], kind)  # typed, or a table without rows would have none
        for n, kind in enumerate(LEARNT_TYPES)
    ]
    connection.register("learnt", pa.table(columns, list(LEARNT_COLUMNS)))
