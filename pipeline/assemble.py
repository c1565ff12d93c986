"""Stage 3: the lines of a page, without what its whole site repeats → the article, with its log."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.words import PageWords
from pipeline.records import (
    Article,
    Draft,
    DraftLine,
    Drop,
    Edit,
    Field,
    LineRemoved,
    Original,
    RepairNote,
    Section,
)
from pipeline.sections import Placed, heading, sections

STAGE = "article"
MIN_HAN = 40  # two short sentences; the shortest of 121 marked articles has more, a stub or an alt text less
MIN_LETTERS = 80  # as much text in other letters means that the page is written in another language
HAN = re.compile("[\u3400-\u9fff]")
LETTER = re.compile(r"[^\W\d_]")

Result = Article | Section | Edit | RepairNote | LineRemoved | Original | Drop


@dataclass(frozen=True)
class Assemble:
    """`furniture` holds the keys of lines that recur across a site's stories."""

    words: PageWords
    furniture: frozenset[tuple[str, str]]

    def __call__(self, draft: Draft, lines: Sequence[DraftLine]) -> Iterator[Result]:
        """Drops: `no-article`, `not-chinese`."""
        title, *rest = sorted(lines, key=lambda line: line.ordinal)
        reasons = [self.reason(draft, line) for line in rest]
        kept = placed([line for line, why in zip(rest, reasons, strict=True) if why is None])
        text = "\n".join(here.line.text for here in kept)
        if reason := drop_reason(text):
            yield Drop(draft.url, draft.run_id, STAGE, reason)
            return
        yield _article(draft, title.text, text)
        yield from sections(draft.article_id, kept, self.words)
        yield from _logged(draft.article_id, "title", title.text, [Placed(title, 0)], 0)
        yield from _logged(draft.article_id, "text", text, kept, len(json.loads(title.edits)))
        for line, why in zip(rest, reasons, strict=True):
            if why is not None:
                yield LineRemoved(draft.article_id, line.ordinal, why, line.text)

    def reason(self, draft: Draft, line: DraftLine) -> str | None:
        """Why a line goes: by its own page, else by its site.

        A heading that the site repeats stays (5.1 了解法律权利, 小编总结): templates are content. What
        repeats among pages of unknown origin says nothing, since they have no site.
        """
        if line.reason is not None or not draft.sourced:
            return line.reason
        repeated = (draft.site_id, line.key) in self.furniture
        return "site-furniture" if repeated and heading(line, self.words) is None else None


def placed(lines: Sequence[DraftLine]) -> list[Placed]:
    """Where each line begins when they are joined by newlines."""
    found, start = [], 0
    for line in lines:
        found.append(Placed(line, start))
        start += len(line.text) + 1
    return found


def drop_reason(text: str) -> str | None:
    """Why this text is no article, None where it is one."""
    if len(HAN.findall(text)) >= MIN_HAN:
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
        script=draft.script,
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
        for kind, start, end, original, said, confidence in json.loads(here.line.edits):
            start, end = start + here.start, end + here.start  # noqa: PLW2901
            if text[start:end] != said:
                raise ValueError(f"{article_id}: {field}[{start}:{end}] is {text[start:end]!r}, not {said!r}")
            yield Edit(article_id, ordinal, field, kind, start, end, original, said, confidence)
            ordinal += 1
        for kind, start, end, suggestion in json.loads(here.line.notes):
            yield RepairNote(article_id, field, kind, start + here.start, end + here.start, suggestion)
