"""Skeletons from build to build: what a group's copies say decides its skeleton, and nothing else does.

They lie in Parquet files, by the group's face (faces.sql), and pass from file to table and back in DuckDB and
Arrow: of a million articles they are too many to hold. With each face stand its copies, so that a takedown
finds whatever came from a page (`pipeline.forgetting`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from crawler.whole_files import whole_folder
from pipeline.questions import Questions
from pipeline.remains import first_readable
from pipeline.schema import table_name
from pipeline.tables.copies import SlotFiller, TemplateSentence, TemplateVersion

RECORDS = (TemplateSentence, TemplateVersion, SlotFiller)
FACES, STRANGERS = "faces", "strangers"
_QUESTIONS = Questions(Path(__file__).resolve().parent)
KEPT = (*map(table_name, RECORDS), STRANGERS)  # tables made_…, and known_… of the last build


@dataclass
class Skeletons:
    """`place` has a folder for each build's; `version`: of the code that makes them. `kept`: this build's."""

    place: Path
    version: str
    kept: Path | None = None

    def last(self) -> Path | None:
        """Whole, or there is none: what the disk has lost is made again."""
        return first_readable(self.place, self.version, _whole)

    def keep(self, connection: duckdb.DuckDBPyConnection, digest: str) -> None:
        """made_… and skeleton_faces, under a name that says what they hold."""
        self.kept = self.place / f"{self.version}{digest}"
        if self.kept.is_dir():
            return
        with whole_folder(self.kept) as fresh:
            pq.write_table(_QUESTIONS.arrow(connection, "copies"), fresh / f"{FACES}.parquet")
            for name in KEPT:
                connection.table(f"made_{name}").write_parquet(
                    str(fresh / f"{name}.parquet"), compression="zstd"
                )


def _whole(folder: Path) -> Path:
    for name in (FACES, *KEPT):
        pq.read_metadata(folder / f"{name}.parquet")
    return folder
