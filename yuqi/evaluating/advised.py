"""Pages with marked advice as the finding stage reads them."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.drafts import DraftLine
from pipeline.evaluate import Figure
from pipeline.evaluate.advice import LATER, NONE, PART, AdvicePage, Told, advice_figures, read_advice
from pipeline.extract.words import PageWords
from pipeline.findings import Find
from pipeline.records import Article, Section, TipCandidate, TipSource
from pipeline.sections import Placed, sections
from yuqi.evaluating.asserted import labelled_folder, page, sample_find
from yuqi.evaluating.wrong import Report, fault

HELD_OUT, TUNED, WRITTEN = "tips_held_out.jsonl", "tips_tuned.jsonl", "tips_train.jsonl"
PHRASES = "tips_phrases.jsonl"  # for each tip, and such as advise nobody: no pages
LOTS = ((PART, HELD_OUT), (LATER, "tips_held_out_later.jsonl"))


def advised_figures(report: Report) -> list[Figure]:
    """Of each lot that is held out; `report` is told each sentence that is not what it is marked as."""
    return [figure for part, name in LOTS for figure in _of_lot(part, name, report)]


def _of_lot(part: str, name: str, report: Report) -> list[Figure]:
    told = list(told_of_file(name))
    for one in told:
        found = one.found[0] if one.found else None
        if one.line.tip != (NONE if one.found is None else found):
            report(fault(part, "advice", "tip", (found, one.line.text), one.line.tip))
    return advice_figures(told, part)


def told_of_file(name: str) -> Iterator[Told]:
    """Each sentence of a file of marked pages beside this one's topic."""
    find = sample_find()
    for marked in read_advice(labelled_folder() / name):
        yield from told_of(find, marked)


def told_of(find: Find, marked: AdvicePage) -> Iterator[Told]:
    """Headings are those of the page's markup, as extraction would hand them on."""
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


def article_of(find: Find, marked: AdvicePage) -> tuple[Article, list[Section]]:
    article = page(marked.title, marked.text)
    lines = [Placed(_drafted(text, level), start) for start, text, level in marked.paragraphs()]
    return article, list(sections(article.article_id, lines, PageWords.of(find.topic.tables["page"])))


def _drafted(text: str, level: int | None) -> DraftLine:
    kind, depth = ("paragraph", 0) if level is None else ("heading", level + 1)
    return DraftLine("", 1, kind, depth, text, text, None, text, "[]", "[]")
