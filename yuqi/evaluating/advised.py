"""Pages with marked advice as the finding stage reads them."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.evaluate import Figure
from pipeline.evaluate.advice import (
    EITHER,
    LATER,
    ON_PAGES,
    PART,
    AdvicePage,
    Told,
    advice_figures,
    read_advice,
)
from pipeline.findings import Find
from pipeline.records import TipCandidate, TipSource
from yuqi.evaluating.asserted import labelled_folder, sample_find
from yuqi.evaluating.marked import article_of
from yuqi.evaluating.wrong import Report, fault

HELD_OUT, TUNED, WRITTEN = "tips_held_out.jsonl", "tips_tuned.jsonl", "tips_train.jsonl"
PHRASES = "tips_phrases.jsonl"  # for each tip, and such as advise nobody: no pages
LOTS = ((PART, HELD_OUT), (LATER, "tips_held_out_later.jsonl"), (ON_PAGES, "tips_held_out_pages.jsonl"))


def advised_figures(report: Report) -> list[Figure]:
    """Of each lot that is held out; `report` is told each sentence that is not what it is marked as."""
    return [figure for part, name in LOTS for figure in _of_lot(part, name, report)]


def _of_lot(part: str, name: str, report: Report) -> list[Figure]:
    told = list(told_of_file(name))
    for one in told:
        if one.line.tip != EITHER and not one.is_right:
            report(fault(part, "advice", "tip", (one.first, one.line.text), one.line.tip))
    return advice_figures(told, part)


def told_of_file(name: str) -> Iterator[Told]:
    """Each sentence of a file of marked pages beside this one's topic."""
    find = sample_find()
    for marked in read_advice(labelled_folder() / name):
        yield from told_of(find, marked)


def told_of(find: Find, marked: AdvicePage) -> Iterator[Told]:
    article, parts = article_of(find, marked)
    findings = list(find(article, parts, ()))
    tips = [finding for finding in findings if isinstance(finding, TipSource)]
    others = [finding for finding in findings if isinstance(finding, TipCandidate)]
    for start, end, line in marked.spans():
        if line.tip is None:
            continue
        ids = tuple(tip.tip_id for tip in tips if tip.char_start < end and start < tip.char_end)
        listed = any(other.char_start < end and start < other.char_end for other in others)
        yield Told(line, ids if ids or listed else None)
