"""Ambiguous names in labelled sentences: in a document of the topic, alone, where no topic is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler.definitions import read_toml
from pipeline.evaluate.contexts import PART, Case, Tried, context_figures
from pipeline.evaluate.figures import Figure
from pipeline.findings import Find, find_from
from pipeline.records import Article, Mention
from pipeline.topic import Topic, load_topic, topic_folder
from yuqi.evaluating.wrong import Report, fault

SETS = ("held-out", "traps", "tuned", "words")
NO_DATE = datetime(2025, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One file of sentences; `title` makes any of them part of a document of the topic."""

    title: str
    cases: tuple[Case, ...]


def context_figures_of(report: Report) -> list[Figure]:
    """`report` is told of each sentence that is judged wrong in a document of the topic or alone."""
    topic = load_topic(topic_folder())
    find, ungated = find_from(topic), find_from(without_gate(topic))
    figures = []
    for name in SETS:
        labelled = read_contexts(name)
        settings = {
            f"{name}-on-topic": tried(find, labelled.cases, labelled.title),
            f"{name}-alone": tried(find, labelled.cases, ""),
            f"{name}-ungated": tried(ungated, labelled.cases, ""),
        }
        for setting, judged in settings.items():
            figures += context_figures(setting, judged)
            for one in judged:
                if not one.is_right:
                    report(fault(PART, one.case.sentence, setting, one.rule, one.case.alias))
    return figures


def read_contexts(name: str) -> Labelled:
    """Of `labelled/contexts-<name>.toml` beside the topic's tables."""
    table = read_toml(topic_folder() / "labelled" / f"contexts-{name}.toml")
    return Labelled(table["title"], tuple(_cases(table["context"])))


def _cases(rows: Sequence[dict[str, object]]) -> Iterator[Case]:
    for row in rows:
        platform = row.get("platform")
        for key, is_name in (("yes", True), ("no", False)):
            sentences = row[key]
            assert isinstance(sentences, list)
            for sentence in sentences:
                yield Case(str(row["alias"]), str(platform) if platform else None, sentence, is_name)


def tried(find: Find, cases: Sequence[Case], title: str) -> list[Tried]:
    return [Tried(case, case.rule(_mentions(find, title, case.sentence))) for case in cases]


def without_gate(topic: Topic) -> Topic:
    """The same topic, in which no document need be about it."""
    cues = topic.tables["cues"]
    gate = {**cues["gate"], "least": 0}
    return Topic(topic.name, {**topic.tables, "cues": {**cues, "gate": gate}})


def _mentions(find: Find, title: str, text: str) -> list[Mention]:
    findings = find(_article(title, text), (), ())
    return [finding for finding in findings if isinstance(finding, Mention)]


def _article(title: str, text: str) -> Article:
    """An article of nothing but these words, as findings need it."""
    return Article(
        article_id="a-0000000000000000", url="urn:yuqi:contexts", site_id="contexts", sourced=False,
        fetched_at=NO_DATE, published_at=None, published_source=None, title=title, author=None, category=None,
        script="hans", text=text, n_chars=len(text), text_sha256="", payload_sha256="", fetch_id="",
        extractor="", confidence=1.0,
    )  # fmt: skip
