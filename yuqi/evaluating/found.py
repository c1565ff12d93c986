"""What a built workspace holds, as readings with marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from pipeline.evaluate.reading import Mark, Reading
from pipeline.questions import Questions

QUESTIONS = Questions(Path(__file__).resolve().parent)


@dataclass(frozen=True, slots=True)
class FoundMark:
    """A finding in its field; `what` it is by id, `surface` by its words."""

    kind: str
    field: str
    start: int
    end: int
    what: tuple[str, ...]
    surface: str


@dataclass(frozen=True)
class FoundArticle:
    """A current article with all that was found in it."""

    marks: tuple[FoundMark, ...]
    url: str
    payload_sha256: str
    title: str
    text: str
    published_at: datetime | None
    author: str | None
    category: str | None
    script: str
    story: str
    template: str

    @property
    def reading(self) -> Reading:
        """Marks say what was found by id, as the truth of the sample sites does."""
        return self._reading({mark: mark.what for mark in self.marks})

    @property
    def reading_by_words(self) -> Reading:
        """Marks say what was found by its words, as gold pages do."""
        return self._reading({mark: (mark.surface,) for mark in self.marks})

    def _reading(self, said: dict[FoundMark, tuple[str, ...]]) -> Reading:
        bare = Reading(self.title, self.text)
        marks: dict[str, list[Mark]] = defaultdict(list)
        for mark, what in said.items():
            at = bare.offset(mark.field)
            marks[mark.kind].append(Mark(at + mark.start, at + mark.end, what))
        return Reading(self.title, self.text, {kind: tuple(held) for kind, held in marks.items()})


def found_articles(connection: duckdb.DuckDBPyConnection, site: str | None = None) -> Iterator[FoundArticle]:
    """Of one site, or of all."""
    marks: dict[str, list[FoundMark]] = defaultdict(list)
    for article_id, kind, field, start, end, what, surface in QUESTIONS.rows(connection, "marks", site=site):
        marks[article_id].append(FoundMark(kind, field, start, end, tuple(what), surface))
    for article_id, *rest in QUESTIONS.rows(connection, "articles", site=site):
        yield FoundArticle(tuple(marks[article_id]), *rest)


def fates(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    return [(url, number) for url, number in QUESTIONS.rows(connection, "fates")]
