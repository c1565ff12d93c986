"""Pages with marked advice as the finding stage reads them."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.evaluate import Figure
from pipeline.evaluate.advice import NONE, PART, AdvicePage, Told, advice_figures, read_advice
from pipeline.findings import Find
from pipeline.records import TipCandidate, TipSource
from yuqi.evaluating.asserted import labelled_folder, page, sample_find
from yuqi.evaluating.wrong import Report, fault

HELD_OUT, TUNED = "tips_held_out.jsonl", "tips_tuned.jsonl"


def advised_figures(report: Report) -> list[Figure]:
    """`report` is told each sentence that is not what it is marked as."""
    told = list(told_of_file(HELD_OUT))
    for one in told:
        found = one.found[0] if one.found else None
        if one.line.tip != (NONE if one.found is None else found):
            report(fault(PART, "advice", "tip", (found, one.line.text), one.line.tip))
    return advice_figures(told)


def told_of_file(name: str) -> Iterator[Told]:
    """Each sentence of a file of marked pages beside this one's topic."""
    find = sample_find()
    for marked in read_advice(labelled_folder() / name):
        yield from told_of(find, marked)


def told_of(find: Find, marked: AdvicePage) -> Iterator[Told]:
    findings = list(find(page(marked.title, marked.text), (), ()))
    tips = [finding for finding in findings if isinstance(finding, TipSource)]
    others = [finding for finding in findings if isinstance(finding, TipCandidate)]
    for start, end, line in marked.spans():
        if line.tip is None:
            continue
        ids = tuple(tip.tip_id for tip in tips if tip.char_start < end and start < tip.char_end)
        listed = any(other.char_start < end and start < other.char_end for other in others)
        yield Told(line, ids if ids or listed else None)
