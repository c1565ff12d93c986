"""Farm pages of invented lenders with known stories and templates, and a store to group them in."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations
from typing import Any

import duckdb
from copies_texts import LENDERS, PRACTICE_CUE, filled, reworded, template, varied
from shared_topic import TOPIC

from crawler.page import article_id
from pipeline.copies import SIGNATURE_TABLES, Folds, Means, group, sign_from
from pipeline.copies.ids import Assignments
from pipeline.records import Article, Fingerprint, Mention, Practice
from pipeline.schema import table_name, to_arrow

AT = datetime(2024, 5, 1, tzinfo=UTC)
FOLDS = Folds.of(TOPIC)
SIGN = sign_from(TOPIC)


@dataclass(frozen=True)
class Doc:
    """A page and what is true of it; `story` None: no story could be named (stitched)."""

    url: str
    site: str
    title: str
    text: str
    story: str | None = None
    template: str | None = None
    sourced: bool = True
    current: bool = True

    @property
    def article_id(self) -> str:
        return article_id(self.url, hashlib.sha256(self.text.encode()).hexdigest())


def page(name: str, text: str, site: str, story: str, number: int, template_id: str | None = None) -> Doc:
    url = f"http://{site}/{number}.html"
    return Doc(url, site, f"{name}催收怎么办？", text, story, template_id)


def farm(seed: int, templates: int, lenders: int, copies: int) -> list[Doc]:
    """Templates × lenders stories with up to `copies` copies each, damaged in every way findings name."""
    rng = random.Random(seed)
    docs: list[Doc] = []
    for t in range(templates):
        sections = template(seed * 1000 + t)
        for name in rng.sample(LENDERS, lenders):
            told = varied(sections, rng)
            for _ in range(rng.randint(1, copies)):
                text = reworded(filled(told, name), rng, rng.choice((0, 0.05, 0.1)))
                if rng.random() < 0.15:
                    text = text[: int(len(text) * rng.uniform(0.55, 0.9))]
                site = f"site{rng.randint(1, 8)}.example.com"
                docs.append(page(name, text, site, f"{t}/{name}", len(docs), str(t)))
    for _ in range(len(docs) // 30):
        one, two = rng.sample(docs, 2)
        half = one.text[: len(one.text) // 2] + two.text[len(two.text) // 2 :]
        docs.append(
            Doc(f"http://stitched.example.com/{len(docs)}.html", "stitched.example.com", one.title, half)
        )
    return docs


def article(doc: Doc) -> Article:
    payload = hashlib.sha256(doc.text.encode()).hexdigest()
    said = hashlib.sha256(f"{doc.title}\n{doc.text}".encode()).hexdigest()
    return Article(
        doc.article_id, doc.url, doc.site, doc.sourced, AT, None, None, doc.title, None, None, "hans",
        doc.text, len(doc.text), said, payload, "f-" + payload[:16], "text", 1.0,
    )  # fmt: skip


def mentions(doc: Doc) -> list[Mention]:
    """Lenders by their names; subject when in the title or twice in the text, as the contract has it."""
    found = []
    for name in LENDERS:
        subject = name in doc.title or doc.text.count(name) > 1
        for field, text in (("title", doc.title), ("text", doc.text)):
            at = text.find(name)
            while at >= 0:
                role: Any = "subject" if subject else "other"
                found.append(
                    Mention(doc.article_id, name, field, at, at + len(name), name, role, "A", "test")  # type: ignore[arg-type]
                )
                at = text.find(name, at + 1)
    return found


def practices(doc: Doc) -> list[Practice]:
    """Every place where the cue stands, in the sentence around it, of the lender in the title."""
    found = []
    at = doc.text.find(PRACTICE_CUE)
    while at >= 0:
        start = max(doc.text.rfind(mark, 0, at) for mark in "。\n") + 1
        end = doc.text.find("。", at) + 1
        name = next((name for name in LENDERS if name in doc.title), None)
        found.append(
            Practice(
                doc.article_id,
                "harassing-calls",
                name,
                "text",
                at,
                at + len(PRACTICE_CUE),
                PRACTICE_CUE,
                start,
                end,
                "alleged",
                "document",
                "test",
                False,
            )
        )
        at = doc.text.find(PRACTICE_CUE, at + 1)
    return found


def store(docs: Iterable[Doc], prints: Iterable[Fingerprint] = ()) -> duckdb.DuckDBPyConnection:
    """What the parts of a build would hold of these pages."""
    docs = list(docs)
    articles = [article(doc) for doc in docs]
    named = [mentions(doc) for doc in docs]
    signed = [row for a, m in zip(articles, named, strict=True) for row in SIGN(a, m, ())]
    connection = duckdb.connect()
    tables: list[tuple[str, type, list[Any]]] = [
        ("part_articles", Article, articles),
        ("part_mentions", Mention, [row for rows in named for row in rows]),
        ("part_practices", Practice, [row for doc in docs for row in practices(doc)]),
        ("part_fingerprints", Fingerprint, list(prints)),
        *(
            (f"part_{table_name(record)}", record, [row for row in signed if isinstance(row, record)])
            for record in SIGNATURE_TABLES
        ),
    ]
    for name, record, rows in tables:
        connection.register("rows", to_arrow(record, rows))
        connection.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM rows").fetchall()
    versions = [(doc.article_id, doc.current) for doc in docs]
    connection.execute("CREATE TEMP TABLE versions(article_id VARCHAR, is_current BOOLEAN)").fetchall()
    connection.executemany("INSERT INTO versions VALUES (?, ?)", versions) if versions else None
    return connection


@dataclass(frozen=True)
class Grouped:
    """What grouping said: rows by article id, and the tables by name."""

    connection: duckdb.DuckDBPyConnection
    assigned: Assignments

    def table(self, name: str) -> list[dict[str, Any]]:
        return self.connection.sql(f"FROM {name}").to_arrow_table().to_pylist()

    def by_article(self) -> dict[str, dict[str, Any]]:
        return {row["article_id"]: row for row in self.table("article_groups")}

    def story(self, doc: Doc) -> str:
        return str(self.by_article()[doc.article_id]["story_id"])

    def template(self, doc: Doc) -> str | None:
        found: str | None = self.by_article()[doc.article_id]["template_id"]
        return found

    def own(self, doc: Doc) -> list[bool]:
        """Of each of its practices, in the order of the text."""
        held = {(row["article_id"], row["char_start"]): row["own"] for row in self.table("practice_own")}
        starts = sorted(practice.char_start for practice in practices(doc))
        return [held.get((doc.article_id, start), False) for start in starts]


def grouped(
    docs: Iterable[Doc],
    prints: Iterable[Fingerprint] = (),
    held: Any = None,
    snapshot: str = "1",
    means: Means | None = None,
) -> Grouped:
    connection = store(docs, prints)
    return Grouped(connection, group(connection, FOLDS, lambda: held or {}, snapshot, means))


def pair_scores(true: dict[str, str | None], found: dict[str, str | None]) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of articles; articles whose truth is None are left out."""
    known = [key for key in sorted(true) if true[key] is not None]
    right = said = held = 0
    for one, two in combinations(known, 2):
        same, told = true[one] == true[two], found[one] is not None and found[one] == found[two]
        right, said, held = right + (same and told), said + told, held + same
    precision, recall = right / max(1, said), right / max(1, held)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def elsewhere(doc: Doc, site: str, text: str | None = None) -> Doc:
    """The same page on another site, its text as given."""
    url = doc.url.replace(doc.site, site)
    return replace(doc, url=url, site=site, text=doc.text if text is None else text)
