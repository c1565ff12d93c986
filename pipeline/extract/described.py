"""What a page says of itself to machines: JSON-LD, meta elements, microdata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.extract.breadcrumbs import trail_of_ld
from pipeline.extract.clean import fold
from pipeline.extract.comparable import comparable
from pipeline.extract.dates import machine_date, published_at
from pipeline.extract.metadata import Metadata, Said, merged
from pipeline.extract.names import ADDRESS
from pipeline.extract.scan.signs import DATED, JSON_LD
from pipeline.extract.words import PageWords

# As sites and systems write them, without case, blanks, `:`, `_`, `-` and `.`: see _key.
PUBLISHED_META = (
    "articlepublishedtime",
    "ogarticlepublishedtime",
    "datepublished",
    "pubdate",
    "publishdate",
    "publisheddate",
    "publishtime",
    "ogpublishtime",
    "ogreleasedate",
    "bytedancepublishedtime",
    "weiboarticlecreateat",
    "articlecreateat",
    "firstpublishtime",
    "sailthrudate",
    "ogtime",
)
AUTHOR_META = ("articleauthor", "author", "ogarticleauthor", "dccreator", "bytedanceauthor")
SECTION_META = ("articlesection", "columnname", "bytedancecategory")
NOT_IN_KEY = re.compile(r"[\s:_.-]+")
ARTICLE_TYPES = frozenset(
    (
        "article",
        "newsarticle",
        "blogposting",
        "report",
        "discussionforumposting",
        "socialmediaposting",
    )
)
PAGE_TYPES = frozenset(("webpage", "itempage"))
ORGANISATIONS = frozenset(("organization", "newsmediaorganization", "corporation", "website"))
NOT_A_NAME = re.compile(r"//|[,，;；。！？!?]")
NUMBERED_USER = re.compile(r"^[A-Za-z]{0,3}[_-]?\d{3,}$")  # L_104485
TIMES = 'time[pubdate], time.published, time.entry-date, [itemprop~="datePublished"]'
LD = 'script[type="application/ld+json"]'
MAX_LD_SCRIPTS = 20
MAX_LD_CHARS = 200_000
MAX_LD_NODES = 2_000  # of one page; more is no description of an article
MAX_META = 500
MAX_TEXT = 1_000  # characters of a declared title
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")
MAX_NAME = 30  # characters of an author's or a category's name
MAX_TIMES = 50


def of_markup(tree: LexborHTMLParser, signs: int, words: PageWords) -> Metadata:
    """JSON-LD, meta elements, microdata: whoever writes the first means it for machines."""
    things = [thing for said in _sources(tree) for thing in _things(said)] if signs & JSON_LD else []
    described = [_of_ld(thing, words) for thing in _described(things)]
    title = tree.css_first("head title") or tree.css_first("title")
    own = Metadata(
        page_title=_said(fold(title.text()) if title else None, "title-element"),
        trail=_said(trail_of_ld(things), "json-ld"),
    )
    return merged(*described, _of_meta(tree, words), _of_elements(tree) if signs & DATED else Metadata(), own)


def _of_ld(thing: Mapping[str, Any], words: PageWords) -> Metadata:
    source = "json-ld"
    return Metadata(
        published=_date([thing.get("datePublished")], source),
        author=_said(_author(_person(thing.get("author")), words), source),
        category=_said(_name(thing.get("articleSection")), source),
        headline=_said(_text(thing.get("headline")), source),
    )


def _of_meta(tree: LexborHTMLParser, words: PageWords) -> Metadata:
    source, meta = "meta", _meta(tree)
    return Metadata(
        published=_date((meta.get(key) for key in PUBLISHED_META), source),
        author=_first((_author(_name(meta.get(key)), words) for key in AUTHOR_META), source),
        category=_first((_name(meta.get(key)) for key in SECTION_META), source),
        site_name=_first(
            (_name(meta.get(key)) for key in ("ogsitename", "sitename", "applicationname")), source
        ),
        og_title=_first((_text(meta.get(key)) for key in ("ogtitle", "articletitle")), source),
    )


def _of_elements(tree: LexborHTMLParser) -> Metadata:
    """Marked times, and a lone <time>; where several differ they are of a list, and say nothing here."""
    for selector in (TIMES, "time[datetime]"):
        said = {date for node in tree.css(selector)[:MAX_TIMES] if (date := _time(node))}
        if len({published_at(date) for date in said}) == 1:
            return Metadata(published=Said(max(said, key=len), "time-element"))
        if said:
            break
    return Metadata()


def _time(node: LexborNode) -> str | None:
    said = node.attributes
    return machine_date(said.get("datetime") or said.get("content") or fold(node.text())[:MAX_NAME])


def _date(values: Iterable[Any], source: str) -> Said | None:
    dates = (machine_date(str(value)) for value in values if isinstance(value, str | int))
    return _first((date for date in dates if published_at(date)), source)


def _first(values: Iterable[str | None], source: str) -> Said | None:
    return next((Said(value, source) for value in values if value), None)


def _said(value: str | None, source: str) -> Said | None:
    return Said(value, source) if value else None


def _person(value: Any) -> str | None:
    """An organisation is the publisher; where it stands as `author`, nobody signed."""
    first = value[0] if isinstance(value, list) and value else value
    kind = first.get("@type") if isinstance(first, dict) else None
    return None if isinstance(kind, str) and kind.lower() in ORGANISATIONS else _name(first)


def _author(name: str | None, words: PageWords) -> str | None:
    """Systems fill `author` with the site, its maker, an address or a number: those sign nothing."""
    said = comparable(name or "")
    none = not said or said in words.nobody or said.endswith(words.not_persons)
    return None if none or NUMBERED_USER.match(said) or ADDRESS.search(name or "") else name


def _described(things: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The first JSON-LD object that describes an article, then the first that describes the page.

    Systems put the page before the article, and the articles that a page recommends behind both.
    """
    articles = (thing for thing in things if _kinds(thing) & ARTICLE_TYPES)
    pages = (thing for thing in things if _kinds(thing) & PAGE_TYPES)
    other = (thing for thing in things if "datePublished" in thing or "headline" in thing)
    found = [next(things, None) for things in (articles, pages)]
    described = [thing for thing in found if thing is not None] or list(islice(other, 1))
    named = {str(thing["@id"]): thing for thing in things if "@id" in thing and "name" in thing}
    return [{**thing, "author": _referred(thing.get("author"), named)} for thing in described]


def _sources(tree: LexborHTMLParser) -> Iterator[Any]:
    """Line ends inside strings are common in them."""
    for script in tree.css(LD)[:MAX_LD_SCRIPTS]:
        source = script.text()
        if len(source) > MAX_LD_CHARS:
            continue
        try:
            yield json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue


def _things(said: Any) -> Iterator[Mapping[str, Any]]:
    stack, seen = [said], 0
    while stack and seen < MAX_LD_NODES:
        seen += 1
        thing = stack.pop()
        if isinstance(thing, dict):
            yield thing
            stack.append(thing.get("@graph"))
        elif isinstance(thing, list):
            stack.extend(reversed(thing[:MAX_LD_NODES]))


def _kinds(thing: Mapping[str, Any]) -> frozenset[str]:
    kinds = thing.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return frozenset(kind.lower() for kind in kinds if isinstance(kind, str))


def _referred(author: Any, named: Mapping[str, Mapping[str, Any]]) -> Any:
    """`{"@id": "#/person/1"}` is the person described elsewhere in the graph."""
    first = author[0] if isinstance(author, list) and author else author
    return (
        named.get(str(first.get("@id")), first) if isinstance(first, dict) and "name" not in first else author
    )


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.css("meta[content]")[:MAX_META]:
        said = node.attributes
        key = said.get("property") or said.get("name") or said.get("itemprop")
        value = said.get("content")
        if key and value:
            found.setdefault(NOT_IN_KEY.sub("", key).lower(), value)
    return found


def _name(value: Any) -> str | None:
    """A plain name, or the `name` of an object, or the first of a list; a URL or a sentence is none."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    said = fold(value) if isinstance(value, str) else ""
    return said if 0 < len(said) <= MAX_NAME and not NOT_A_NAME.search(said) and comparable(said) else None


def _text(value: Any) -> str | None:
    """Systems leave tags of the heading in it."""
    return (fold(TAG.sub("", value[:MAX_TEXT])) or None) if isinstance(value, str) else None
