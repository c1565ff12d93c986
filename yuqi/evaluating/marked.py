"""Marked pages as extraction would hand them on."""

from __future__ import annotations

from pipeline.drafts import DraftLine
from pipeline.evaluate.marked import MarkedPage, SentenceT
from pipeline.extract.words import PageWords
from pipeline.findings import Find
from pipeline.records import Article, Section
from pipeline.sections import Placed, sections
from yuqi.evaluating.asserted import page


def article_of(find: Find, marked: MarkedPage[SentenceT]) -> tuple[Article, list[Section]]:
    """Headings are those of the page's markup."""
    article = page(marked.title, marked.text)
    lines = [Placed(_drafted(text, level), start) for start, text, level in marked.paragraphs()]
    return article, list(sections(article.article_id, lines, PageWords.of(find.topic.tables["page"])))


def _drafted(text: str, level: int | None) -> DraftLine:
    kind, depth = ("paragraph", 0) if level is None else ("heading", level + 1)
    return DraftLine("", 1, kind, depth, text, text, None, text, "[]", "[]")
