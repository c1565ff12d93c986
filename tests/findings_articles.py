"""Articles for the tests of findings: text in, findings out; invented lenders only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TypeVar

from pipeline.findings import Find, Finding
from pipeline.records import Article, Edit, Section
from pipeline.topic import load_topic, topic_folder
from yuqi.evaluating.asserted import page

HERE = Path(__file__).parent
GYMS = HERE / "topics" / "gyms"
OVERLAY = HERE / "topics" / "invented"  # platforms of a workspace: 云朵借, 山雀分期

FoundT = TypeVar("FoundT")


def find_anew() -> Find:
    return Find(load_topic(topic_folder(), OVERLAY))


@cache
def overdue() -> Find:
    """One for all test files of a process: making it costs a second, and it finds the same ever again."""
    return find_anew()


@cache
def by_rules() -> Find:
    """The same without what is learnt of advice and of practices."""
    topic = load_topic(topic_folder(), OVERLAY)
    learnt = ("advice", "practices")
    return Find(
        replace(topic, tables={stem: table for stem, table in topic.tables.items() if stem not in learnt})
    )


def article(title: str, text: str) -> Article:
    """A page with a URL, so that what is found in it may be counted."""
    return replace(page(title, text), sourced=True)


def found(
    find: Find,
    kind: type[FoundT],
    title: str,
    text: str,
    sections: Sequence[Section] = (),
    edits: Sequence[Edit] = (),
) -> list[FoundT]:
    """What is found of one kind; every span is checked on the way."""
    findings = list(find(article(title, text), sections, edits))
    for finding in findings:
        _check(finding, {"title": title, "text": text})
    return [finding for finding in findings if isinstance(finding, kind)]


def outline(text: str, *headings: tuple[int, str, str]) -> list[Section]:
    """Sections as an assembled article has them: (level, heading line, role) in order."""
    starts = [text.index(line) for _, line, _ in headings] + [len(text) + 1]
    return [
        Section(
            "a-0123456789abcdef", order, level, None, line.split("、")[-1], role, start, starts[order + 1] - 1
        )  # type: ignore[arg-type]
        for order, ((level, line, role), start) in enumerate(zip(headings, starts, strict=False), 0)
    ]


def _check(finding: Finding, fields: dict[str, str]) -> None:
    assert fields[finding.field][finding.char_start : finding.char_end] == finding.surface
    assert finding.surface
