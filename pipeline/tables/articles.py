"""Articles and practices as the corpus has them: the stages' records with what copies add."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from pipeline.records import Article, Practice


@dataclass(frozen=True, slots=True)
class ArticleRow(Article):
    """One row per version of a page's text; a version is a change of the text, not of the code."""

    table: ClassVar[str] = "articles"
    version: Annotated[int, "counts changes of the page's text from 1"]
    is_current: Annotated[bool, "the URL's newest version, also when the page is gone"]
    story_id: Annotated[str | None, "the same text about the same subjects"]
    template_id: Annotated[str | None, "the same text with other names; NULL for a text of one story only"]
    is_representative: Annotated[bool, "stands for its story"]
    own_share: Annotated[float | None, "share of characters that stand in no other story"]
    title_body_conflict: Annotated[bool, "the title names a platform that the text does not"]
    n_pages: Annotated[int, "pages whose text is joined here; each with its span in article_pages"] = 1
    is_whole: Annotated[bool, "false: the last page links to a next one that could not be joined"] = True
    published_doubt: Annotated[
        str | None,
        "why published_at is rather a farm's date: after-seen (later than the page was first seen), moved"
        " (its versions give different days), same-minute, same-day (with many pages of the site)",
    ] = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class PracticeRow(Practice):
    """A collection practice in one sentence, how it is asserted, and whether the sentence is its own."""

    table: ClassVar[str] = "practices"
    own: Annotated[bool, "the sentence, names and numbers masked, stands with no other platform"]
