"""The five counts of every report, counted again in Python from plain rows: no SQL but SELECT *."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import duckdb

FIVE = ("pages", "stories", "templates", "sites", "operators")
Row = dict[str, Any]
Counts = dict[Hashable, tuple[int, ...]]


class Recount:
    """What reports without a filter should say, by id."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self.current = {row["article_id"]: row for row in self._rows("articles") if row["is_current"]}
        self.operator = {row["site_id"]: row["operator_id"] for row in self._rows("sites")}
        self.subjects = {
            (row["article_id"], row["platform_id"])
            for row in self._rows("mentions")
            if row["role"] == "subject"
        }

    def platforms(self) -> Counts:
        return self._counted((platform, article) for article, platform in self.subjects)

    def tips(self) -> Counts:
        return self._counted((row["tip_id"], row["article_id"]) for row in self._rows("tip_sources"))

    def laws(self) -> Counts:
        return self._counted((row["law_id"], row["article_id"]) for row in self._rows("laws"))

    def practices(self) -> Counts:
        """By kind, assertion and, of allegations, whether the sentence is somebody's own."""
        return self._counted(
            (
                (
                    row["practice_id"],
                    row["assertion"],
                    row["own"] if row["assertion"] == "alleged" else None,
                ),
                row["article_id"],
            )
            for row in self._rows("practices")
        )

    def templates(self) -> Counts:
        held = ((row["template_id"], article) for article, row in self.current.items() if row["template_id"])
        return self._counted(held)

    def sites(self) -> Counts:
        return self._counted((row["site_id"], article) for article, row in self.current.items())

    def operators(self) -> Counts:
        held = (
            (operator, article)
            for article, row in self.current.items()
            if row["sourced"] and (operator := self.operator[row["site_id"]])
        )
        return self._counted(held)

    def allegations(self) -> Mapping[str, tuple[int, int, int, int]]:
        """Per platform: own stories, their operators, templated stories, claimed stories."""
        held: dict[str, list[set[str]]] = defaultdict(lambda: [set(), set(), set(), set()])
        for row in self._rows("practices"):
            if (row["article_id"], row["platform_id"]) not in self.subjects:
                continue
            article = self.current.get(row["article_id"])
            if article is None:
                continue
            stories = held[row["platform_id"]]
            if row["assertion"] == "alleged" and row["own"]:
                stories[0].add(article["story_id"])
                if article["sourced"]:
                    stories[1].add(self._operator(article))
            elif row["assertion"] == "alleged":
                stories[2].add(article["story_id"])
            elif row["assertion"] == "claimed-practice":
                stories[3].add(article["story_id"])
        return {platform: tuple(map(len, sets)) for platform, sets in held.items()}  # type: ignore[misc]

    def _counted(self, pairs: Iterable[tuple[Hashable, str]]) -> Counts:
        members: dict[Hashable, set[str]] = defaultdict(set)
        for key, article in pairs:
            if article in self.current:
                members[key].add(article)
        return {key: self._five(articles) for key, articles in members.items()}

    def _five(self, articles: Iterable[str]) -> tuple[int, ...]:
        rows = [self.current[article] for article in articles]
        sourced = [row for row in rows if row["sourced"]]
        return (
            len({row["url"] for row in rows}),
            len({row["story_id"] for row in rows}),
            len({row["template_id"] or row["story_id"] for row in rows}),
            len({row["site_id"] for row in sourced}),
            len({self._operator(row) for row in sourced}),
        )

    def _operator(self, article: Row) -> str:
        return self.operator[article["site_id"]] or article["site_id"]

    def _rows(self, table: str) -> list[Row]:
        return self._connection.sql(f"FROM {table}").to_arrow_table().to_pylist()
