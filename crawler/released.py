"""Articles of an earlier full release, as pages: what is left where an archive was lost.

Each is one plain text: a line of JSON about it, an empty line, then its lines. Its content type says what it
is, so that nobody takes it for a page, and reading it chooses and removes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from crawler.content import MAX_PAYLOAD_BYTES
from crawler.definitions import DefinitionError
from crawler.urls import canonical

CONTENT_TYPE = 'text/plain; charset=utf-8; profile="urn:x-yuqi:released-article"'
ARTICLES, SECTIONS, SUMS = "jsonl/articles.jsonl", "jsonl/sections.jsonl", "SHA256SUMS"
ABOUT = (
    "title", "published_at", "published_source", "author", "author_source", "category", "category_source",
    "channel", "channel_source", "title_source", "confidence",
)  # fmt: skip
UNNAMED = "urn:yuqi:"  # what the addresses of pages without one begin with
MAX_LINE_BYTES = 2 * MAX_PAYLOAD_BYTES  # of an article's text and what is said about it, as JSON
MALFORMED = (ArithmeticError, AttributeError, KeyError, RecursionError, TypeError, ValueError)
Row = TypeVar("Row")


@dataclass(frozen=True)
class Released:
    """One version of an article; `sourced`: as the release has it."""

    url: str
    fetched_at: datetime
    sourced: bool
    payload: bytes


def is_release(folder: Path) -> bool:
    return (folder / SUMS).is_file() and (folder / "provenance.json").is_file()


def released(folder: Path) -> Iterator[Released]:
    """In the order of the file. DefinitionError for an open or withdrawn release, or one that was changed."""
    if not (folder / ARTICLES).is_file():
        raise DefinitionError(f"{folder} holds no articles: it was withdrawn, or is not whole")
    _check(folder)
    levels: dict[str, dict[int, int]] = defaultdict(dict)
    for article_id, at, level in _rows(folder / SECTIONS, _heading):
        if level:
            levels[article_id][at] = level
    yield from _rows(folder / ARTICLES, partial(_article, levels))


def _rows(path: Path, read: Callable[[dict[str, Any]], Row]) -> Iterator[Row]:
    """Of a file that may be anybody's: a line that is no row ends it, and is named."""
    if not path.is_file():
        return
    with path.open("rb") as file:
        for number, line in enumerate(iter(partial(file.readline, MAX_LINE_BYTES), b""), start=1):
            try:
                yield read(json.loads(line))
            except MALFORMED as error:
                raise DefinitionError(f"{path}: line {number} cannot be imported: {error}") from error


def parsed(payload: bytes) -> tuple[dict[str, Any], list[tuple[int, str]]]:
    """What is said about it, and its lines, each with the level of its heading or 0."""
    head, _, text = payload.decode("utf-8").partition("\n\n")
    about = json.loads(head)
    levels = {int(at): level for at, level in about.get("levels", {}).items()}
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append((levels.get(start, 0), line))
        start += len(line) + 1
    return about, lines


def _article(levels: Mapping[str, dict[int, int]], row: dict[str, Any]) -> Released:
    if "text" not in row:
        raise ValueError("an open edition has no texts; the full edition has")
    about = {name: row.get(name) for name in ABOUT} | {"levels": levels.get(row["article_id"], {})}
    head = json.dumps(about, ensure_ascii=False)
    moment = datetime.fromisoformat(row["fetched_at"])
    fetched_at = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    url = row["url"] if row["url"].startswith(UNNAMED) else canonical(row["url"])
    if url is None or not isinstance(row["text"], str):
        raise ValueError("it has no address of the web, or no text")
    return Released(url, fetched_at, bool(row["sourced"]), f"{head}\n\n{row['text']}".encode())


def _heading(row: dict[str, Any]) -> tuple[str, int, int]:
    """Where it begins and its level, 0 for a section without one."""
    return str(row["article_id"]), int(row["char_start"]), int(row["level"]) if row["heading"] else 0


def _check(folder: Path) -> None:
    """Against the release's own checksums."""
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    named = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    for name in (ARTICLES, SECTIONS):
        if (folder / name).is_file() and _sha256(folder / name) != named.get(name):
            raise DefinitionError(f"{folder / name} is not the file that {SUMS} names")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
