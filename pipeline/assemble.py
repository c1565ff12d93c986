"""Stage 3: the lines of a page, without what its whole site repeats → the article, with its log."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.drafts import Draft, DraftLine
from pipeline.extract.words import PageWords
from pipeline.joining.lines import Judged, article_pages, merged, once
from pipeline.records import (
    Article,
    ArticlePage,
    Drop,
    Edit,
    Field,
    LineRemoved,
    Original,
    RepairNote,
    Section,
)
from pipeline.repair.edited import TextEdit, undone
from pipeline.sections import Placed, heading, sections

STAGE = "article"
MIN_HAN = 40  # two short sentences; the shortest of 121 marked articles has more, a stub or an alt text less
MIN_LETTERS = 80  # as much text in other letters means that the page is written in another language
ENOUGH_HAN = re.compile(f"(?:[^\u3400-\u9fff]*+[\u3400-\u9fff]){{{MIN_HAN}}}")
LETTER = re.compile(r"[^\W\d_]")

Result = Article | ArticlePage | Section | Edit | RepairNote | LineRemoved | Original | Drop
PageDraft = tuple[Draft, Sequence[DraftLine]]


@dataclass(frozen=True)
class Assemble:
    """`furniture` holds the keys of lines that recur across a site's stories."""

    words: PageWords
    furniture: frozenset[tuple[str, str]]

    def __call__(
        self, draft: Draft, lines: Sequence[DraftLine], further: Sequence[PageDraft] = ()
    ) -> Iterator[Result]:
        """`further`: the next pages of a divided article. Drops: `no-article`, `not-chinese`.

        The first page decides: a list, or pictures with a caption each, are no article by being many.
        """
        title, *rest = sorted(lines, key=lambda line: line.ordinal)
        first = self._judged(draft, rest)
        if reason := drop_reason("\n".join(line.text for line, why in first if why is None)):
            yield Drop(draft.url, draft.run_id, STAGE, reason)
            return
        pages = once([first, *(self._continued(*page) for page in further)])
        kept = placed([line for page in pages for line, why in page if why is None])
        text = "\n".join(here.line.text for here in kept)
        drafts = [draft, *(one for one, _ in further)]
        yield _article(merged(drafts), title.text, text)
        yield from article_pages(drafts, _by_page(pages, kept), title.text)
        yield from sections(draft.article_id, kept, self.words)
        yield from _logged(draft.article_id, "title", title.text, [Placed(title, 0)], 0)
        yield from _logged(draft.article_id, "text", text, kept, len(_rows(title.edits)))
        yield from _removed(draft.article_id, pages)

    def _judged(self, draft: Draft, lines: Sequence[DraftLine]) -> list[Judged]:
        return [(line, self.reason(draft, line)) for line in lines]

    def _continued(self, draft: Draft, lines: Sequence[DraftLine]) -> list[Judged]:
        """A further page; its title is the article's once more."""
        title, *rest = sorted(lines, key=lambda line: line.ordinal)
        return [(title, "repeated"), *self._judged(draft, rest)]

    def reason(self, draft: Draft, line: DraftLine) -> str | None:
        """Why a line goes: by its own page, else by its site.

        A heading that the site repeats stays (5.1 了解法律权利, 小编总结): templates are content. What
        repeats among pages of unknown origin says nothing, since they have no site.
        """
        if line.reason is not None or not draft.sourced:
            return line.reason
        repeated = (draft.site_id, line.key) in self.furniture
        return "site-furniture" if repeated and heading(line, self.words) is None else None


def _by_page(pages: Sequence[Sequence[Judged]], kept: Sequence[Placed]) -> list[Sequence[Placed]]:
    """The kept lines of each page."""
    found, start = [], 0
    for page in pages:
        end = start + sum(why is None for _, why in page)
        found.append(kept[start:end])
        start = end
    return found


def _removed(article_id: str, pages: Sequence[Sequence[Judged]]) -> Iterator[LineRemoved]:
    """Ordinals go on from page to page."""
    before = 0
    for number, page in enumerate(pages, start=1):
        for line, why in page:
            if why is not None:
                yield LineRemoved(article_id, before + line.ordinal, why, _own_words(line), number)
        before += max((line.ordinal for line, _ in page), default=0) + 1


def _rows(said: str) -> Sequence[Any]:
    """Edits or notes of a line; most have none."""
    return json.loads(said) if said != "[]" else ()


def _own_words(line: DraftLine) -> str:
    """As the page has it: a restored word would stand there without an edit that says so."""
    made = [TextEdit(kind, start, end, said) for kind, start, end, said, *_ in _rows(line.edits)]
    return undone(line.text, made)


def placed(lines: Sequence[DraftLine]) -> list[Placed]:
    """Where each line begins when they are joined by newlines."""
    found, start = [], 0
    for line in lines:
        found.append(Placed(line, start))
        start += len(line.text) + 1
    return found


def drop_reason(text: str) -> str | None:
    """Why this text is no article, None where it is one."""
    if ENOUGH_HAN.match(text):
        return None
    return "not-chinese" if len(LETTER.findall(text)) >= MIN_LETTERS else "no-article"


def _article(draft: Draft, title: str, text: str) -> Article:
    return Article(
        article_id=draft.article_id,
        url=draft.url,
        site_id=draft.site_id,
        sourced=draft.sourced,
        fetched_at=draft.fetched_at,
        published_at=draft.published_at,
        published_source=draft.published_source,
        title=title,
        author=draft.author,
        category=draft.category,
        title_source=draft.title_source,
        author_source=draft.author_source,
        category_source=draft.category_source,
        channel=draft.channel,
        channel_source=draft.channel_source,
        script=draft.script,
        encoding=draft.encoding,
        text=text,
        n_chars=len(text),
        text_sha256=hashlib.sha256(f"{title}\n{text}".encode()).hexdigest(),
        payload_sha256=draft.payload_sha256,
        fetch_id=draft.fetch_id,
        extractor=draft.extractor,
        confidence=draft.confidence,
    )


def _logged(
    article_id: str, field: Field, text: str, lines: Sequence[Placed], first: int
) -> Iterator[Original | Edit | RepairNote]:
    """The page's own words, and every edit and note at its place in the field; `first` counts edits on."""
    yield Original(article_id, field, "\n".join(here.line.original for here in lines))
    ordinal = first
    for here in lines:
        for kind, start, end, original, said, confidence in _rows(here.line.edits):
            start, end = start + here.start, end + here.start  # noqa: PLW2901
            if text[start:end] != said:
                raise ValueError(f"{article_id}: {field}[{start}:{end}] is {text[start:end]!r}, not {said!r}")
            yield Edit(article_id, ordinal, field, kind, start, end, original, said, confidence)
            ordinal += 1
        for kind, start, end, suggestion in _rows(here.line.notes):
            yield RepairNote(article_id, field, kind, start + here.start, end + here.start, suggestion)
