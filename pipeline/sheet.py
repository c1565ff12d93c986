"""Findings for people to judge as a CSV file: drawn, filled in in a spreadsheet or a browser, read again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from crawler.definitions import DefinitionError
from crawler.whole_files import write_whole
from pipeline.release.cells import csv_text

BOM = "\ufeff"  # without it Excel takes UTF-8 for the system's code page
NEEDED = ("finding_id", "verdict")
ENCODINGS = ("utf-8-sig", "gb18030")  # a Chinese spreadsheet saves in the second unless told otherwise
LARGEST = 64 << 20  # bytes of a file of verdicts


@dataclass(frozen=True)
class Sheet:
    """All rows, also those that nobody judged; columns that people added stay."""

    columns: tuple[str, ...]
    rows: list[dict[str, str]]


def read_sheet(path: Path) -> Sheet:
    """A file that is none, or lacks a column, is refused and named."""
    if path.stat().st_size > LARGEST:
        raise DefinitionError(f"{path}: larger than {LARGEST >> 20} MB")
    reader = csv.DictReader(io.StringIO(_text(path), newline=""))
    columns = tuple(reader.fieldnames or ())
    if missing := [name for name in NEEDED if name not in columns]:
        raise DefinitionError(f"{path}: no column {', '.join(missing)}")
    try:
        return Sheet(columns, [{name: row[name] or "" for name in columns} for row in reader])
    except csv.Error as error:
        raise DefinitionError(f"{path}: line {reader.line_num}: {error}") from error


def write_sheet(path: Path, columns: Iterable[str], rows: Iterable[Mapping[str, object]]) -> None:
    """In one step, so that a reader and a killed writer find it whole."""
    write_whole(path, BOM + csv_text(tuple(columns), rows))


def _text(path: Path) -> str:
    raw = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DefinitionError(f"{path}: neither UTF-8 nor GB 18030")
