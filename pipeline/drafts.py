"""A page as read, before its site is known: what the read stage hands to the article stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar, NamedTuple

from pipeline.records import Script


@dataclass(frozen=True, slots=True)
class Draft:
    """One page as read: metadata; its lines are DraftLines. What repeats across the site is not known yet."""

    table: ClassVar[str] = "drafts"
    article_id: Annotated[str, "page version"]
    url: Annotated[str, "URL"]
    site_id: Annotated[str, "site"]
    sourced: Annotated[bool, "false: of unknown origin"]
    fetched_at: Annotated[datetime, "UTC"]
    payload_sha256: Annotated[str, "payload digest"]
    fetch_id: Annotated[str, "fetch that brought it"]
    run_id: Annotated[str, "run that brought it"]
    published_at: Annotated[datetime | None, "UTC"]
    published_source: Annotated[str | None, "where it was found, as all sources here: see articles"]
    author: Annotated[str | None, "simplified"]
    category: Annotated[str | None, "simplified"]
    script: Annotated[Script, "script of the page"]
    encoding: Annotated[str, "encoding decided on"]
    extractor: Annotated[str, "whose text was kept"]
    confidence: Annotated[float, "agreement, 0 to 1"]
    title_source: Annotated[str | None, "source"] = None
    author_source: Annotated[str | None, "source"] = None
    category_source: Annotated[str | None, "source"] = None
    channel: Annotated[str | None, "simplified"] = None
    channel_source: Annotated[str | None, "source"] = None
    next_url: Annotated[str | None, "URL of the article's next page, as its pager says"] = None
    first_url: Annotated[str | None, "URL of its earliest page that a later one links back to"] = None


# Named tuples: a page has hundreds of these, and one is made in a quarter of a dataclass's time.
class _Line(NamedTuple):
    article_id: Annotated[str, "page version"]
    ordinal: Annotated[int, "order on the page; 0 is the title"]
    kind: Annotated[str, "title, heading, paragraph, list-item, table-row or caption"]
    level: Annotated[int, "heading level from markup (h1 is 1), 0 where there is none"]
    text: Annotated[str, "repaired, simplified, redacted"]
    original: Annotated[str, "the page's own words, own script, redacted"]
    reason: Annotated[str | None, "why this page alone says the line is not content; NULL for a candidate"]
    key: Annotated[str, "16 hex: lines with one key say the same on different pages (lines.line_key)"]
    edits: Annotated[str, "JSON array of [kind, start, end, original, replacement, confidence] in text"]
    notes: Annotated[str, "JSON array of [kind, start, end, suggestion] in text"]
    place: Annotated[str, "name of the element that holds the line, for comparing across pages"] = ""


class DraftLine(_Line):
    """One candidate line of a page, repaired; ordinal 0 is the title."""

    __slots__ = ()
    table: ClassVar[str] = "draft_lines"


class _Container(NamedTuple):
    article_id: Annotated[str, "page version; also of a page that was lost for want of an article"]
    site_id: Annotated[str, "site; pages of unknown origin have no rows"]
    fetch_id: Annotated[str, "fetch that brought it"]
    ordinal: Annotated[int, "order by size, the largest first"]
    confidence: Annotated[float, "of the page's own extraction; 0 where it is lost"]
    name: Annotated[str, "tag, classes and id, digits as 0"]
    later: Annotated[bool, "not the first element of this name that holds a text, but all others together"]
    chars: Annotated[int, "characters of their lines"]
    shared: Annotated[int, "of these the article's that was found"]
    own: Annotated[int, "characters of the whole article found"]
    opens: Annotated[bool, "the article's first long line stands here"]


class DraftContainer(_Container):
    """Elements of a page that may hold its article, by a name that other pages of the site know."""

    __slots__ = ()
    table: ClassVar[str] = "draft_containers"


class _Passage(NamedTuple):
    article_id: Annotated[str, "page version; also of a page that was lost for want of an article"]
    site_id: Annotated[str, "site; pages of unknown origin have no rows"]
    fetch_id: Annotated[str, "fetch that brought it"]
    digest: Annotated[str, "16 hex over the line without white space, digits as 0"]
    chars: Annotated[int, "characters of the line"]
    inside: Annotated[bool, "in the article found; false: aside of it"]


class DraftPassage(_Passage):
    """A longer line of a page, by its digest: what is text here may stand aside of the text elsewhere."""

    __slots__ = ()
    table: ClassVar[str] = "draft_passages"
