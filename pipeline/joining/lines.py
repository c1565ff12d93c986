"""The lines of a divided article: what its pages repeat of one another stands once. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from pipeline.drafts import Draft, DraftLine
from pipeline.records import ArticlePage
from pipeline.sections import Placed

Judged = tuple[DraftLine, str | None]  # a line, and why it goes


def once(pages: Sequence[Sequence[Judged]]) -> list[list[Judged]]:
    """Lines at the edges of a page that another page of the article has too, as `repeated`.

    Damage: each page of a divided article shows its intro, a notice, a call at its end once more; and where
    every page holds the whole text, it would stand there several times. What opens a page and stood on an
    earlier one goes there; what closes a page and closes the next one too goes from the earlier one. Left
    alone: a sentence that recurs in the middle of a page, and the words of a heading (第1步, 第2步): only
    the same characters are the same line.
    """
    told = [list(page) for page in pages]
    for number, page in enumerate(told[1:], start=1):
        known = {_said(line) for before in told[:number] for line, why in before if why is None}
        opening = list(takewhile(lambda place: _said(page[place][0]) in known, _kept(page)))  # noqa: B023
        told[number] = _repeated(page, opening)
    closing = [_common_end(page, behind) for page, behind in pairwise(told)]
    return [_repeated(page, places) for page, places in zip(told, [*closing, []], strict=True)]


def _common_end(page: Sequence[Judged], behind: Sequence[Judged]) -> list[int]:
    """Places of the lines that close both pages."""
    pairs = zip(reversed(_kept(page)), reversed(_kept(behind)), strict=False)
    return [
        here for here, there in takewhile(lambda at: _said(page[at[0]][0]) == _said(behind[at[1]][0]), pairs)
    ]


def _kept(page: Sequence[Judged]) -> list[int]:
    return [place for place, (_, why) in enumerate(page) if why is None]


def _repeated(page: Sequence[Judged], places: Sequence[int]) -> list[Judged]:
    return [(line, "repeated" if place in places else why) for place, (line, why) in enumerate(page)]


def _said(line: DraftLine) -> str:
    return "".join(line.text.split())


def article_pages(
    drafts: Sequence[Draft], pages: Sequence[Sequence[Placed]], title: str
) -> list[ArticlePage]:
    """Which page gave which part of the title and of the text."""
    first, end = drafts[0], 0
    rows = [_row(first, drafts[0], 1, ("title", 0, len(title)))]
    for ordinal, (draft, held) in enumerate(zip(drafts, pages, strict=True), start=1):
        start, end = (held[0].start, held[-1].start + len(held[-1].line.text)) if held else (end, end)
        rows.append(_row(first, draft, ordinal, ("text", start, end)))
    return rows


def merged(drafts: Sequence[Draft]) -> Draft:
    """The first page's metadata; the least confidence of all; `mixed` where scripts differ."""
    first, scripts = drafts[0], {draft.script for draft in drafts}
    return replace(
        first,
        confidence=min(draft.confidence for draft in drafts),
        script=first.script if len(scripts) == 1 else "mixed",
    )


def _row(first: Draft, draft: Draft, ordinal: int, span: tuple[str, int, int]) -> ArticlePage:
    return ArticlePage(
        article_id=first.article_id,
        ordinal=ordinal,
        url=draft.url,
        fetch_id=draft.fetch_id,
        payload_sha256=draft.payload_sha256,
        field="title" if span[0] == "title" else "text",
        char_start=span[1],
        char_end=span[2],
        has_next=draft.next_url is not None,
    )
