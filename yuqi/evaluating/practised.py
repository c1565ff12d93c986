"""Pages with marked practices as the finding stage reads them."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.evaluate import Figure
from pipeline.evaluate.practised import PART, PracticePage, Read, practised_figures, read_practised
from pipeline.findings import Find
from pipeline.records import Practice
from yuqi.evaluating.asserted import labelled_folder, sample_find
from yuqi.evaluating.lenders import gazetteer_of
from yuqi.evaluating.marked import article_of
from yuqi.evaluating.wrong import Report, fault

HELD_OUT = "practices_held_out.jsonl"


def practised_page_figures(report: Report) -> list[Figure]:
    """`report` is told each sentence of which something else was found than is marked."""
    pages = read_practised(labelled_folder() / HELD_OUT)
    find = sample_find(lenders=gazetteer_of(pages))
    read = [one for page in pages for one in read_of(find, page)]
    for one in read:
        if not one.line.unsure and any(_is_wrong(one, *said) for said in one.found.items()):
            found, true = dict(one.found), dict(one.line.practices)
            report(fault(PART, "practices", "sentence", (found, one.line.text), true))
    return practised_figures(read)


def _is_wrong(one: Read, practice_id: str, state: str) -> bool:
    """What may be said of it, too, is not."""
    states = one.line.states.get(practice_id)
    return practice_id not in one.line.allowed if states is None else state not in states


def read_of(find: Find, marked: PracticePage) -> Iterator[Read]:
    """Each sentence with its practices; of one that stands in several places the first."""
    article, parts = article_of(find, marked)
    held = [one for one in find(article, parts, ()) if isinstance(one, Practice) and one.field == "text"]
    for start, end, line in marked.spans():
        found = dict[str, str]()
        for one in held:
            if start <= one.char_start < end:
                found.setdefault(one.practice_id, one.assertion)
        yield Read(line, found)
