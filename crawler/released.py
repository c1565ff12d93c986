"""Articles of an earlier full release, as pages: what is left where an archive was lost.

Each is one plain text: a line of JSON about it, an empty line, then its lines. Its content type says what it
is, so that nobody takes it for a page, and reading it chooses and removes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.definitions import DefinitionError

CONTENT_TYPE = 'text/plain; charset=utf-8; profile="urn:x-yuqi:released-article"'
ARTICLES, SECTIONS, SUMS = "jsonl/articles.jsonl", "jsonl/sections.jsonl", "SHA256SUMS"
ABOUT = (
    "title", "published_at", "published_source", "author", "author_source", "category", "category_source",
    "channel", "channel_source", "title_source", "confidence",
)  # fmt: skip


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
    levels = _levels(folder / SECTIONS)
    with (folder / ARTICLES).open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            row = json.loads(line)
            if "text" not in row:
                raise DefinitionError(f"{folder} is an open edition, without texts: import the full edition")
            try:
                yield _article(row, levels.get(row["article_id"], {}))
            except (KeyError, TypeError, ValueError) as error:
                raise DefinitionError(f"{folder / ARTICLES}: line {number} is no article: {error}") from error


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


def _article(row: dict[str, Any], levels: dict[int, int]) -> Released:
    about = {name: row.get(name) for name in ABOUT} | {"levels": levels}
    head = json.dumps(about, ensure_ascii=False)
    moment = datetime.fromisoformat(row["fetched_at"])
    fetched_at = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return Released(row["url"], fetched_at, bool(row["sourced"]), f"{head}\n\n{row['text']}".encode())


def _levels(path: Path) -> dict[str, dict[int, int]]:
    """Article → where a heading begins → its level."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    if path.is_file():
        with path.open(encoding="utf-8") as file:
            for row in map(json.loads, file):
                if row["heading"]:
                    found[row["article_id"]][row["char_start"]] = row["level"]
    return found


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
