"""When, by whom and where in its site a page was published: JSON-LD, meta elements, labelled lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.clean import fold
from pipeline.extract.comparable import PINYIN, comparable, simplified
from pipeline.extract.dates import MOMENT, find_date, published_at
from pipeline.extract.words import PageWords

PUBLISHED_META = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish_time",
    "og:release_date",
    "bytedance:published_time",
    "weibo: article:create_at",
)
ARTICLE_TYPES = ("article", "newsarticle", "blogposting", "webpage", "report")
NOT_A_NAME = re.compile(r"//|[,，;；。！？!?]")
MAX_LD_CHARS = 200_000
MAX_LD_NODES = 2_000  # of one page; more is no description of an article
MAX_META = 500
MAX_NAME = 30  # characters of an author's or a category's name
MAX_BYLINE = 80
MAX_CRUMB, MAX_PARTS = 12, 5


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says of itself; None where it says nothing readable."""

    published: str | None = None
    published_source: str | None = None
    author: str | None = None
    category: str | None = None
    site_name: str | None = None
    headline: str | None = None  # JSON-LD
    og_title: str | None = None


def of_markup(tree: LexborHTMLParser) -> Metadata:
    """JSON-LD before meta elements, as whoever writes it means it for machines."""
    described = next(_described(tree), {})
    meta = _meta(tree)
    from_ld = _readable_date(described.get("datePublished"))
    from_meta = next((date for key in PUBLISHED_META if (date := _readable_date(meta.get(key)))), None)
    return Metadata(
        published=from_ld or from_meta,
        published_source="json-ld" if from_ld else "meta" if from_meta else None,
        author=_name(described.get("author"))
        or _name(meta.get("author"))
        or _name(meta.get("article:author")),
        category=_name(described.get("articleSection")) or _name(meta.get("article:section")),
        site_name=_name(meta.get("og:site_name")),
        headline=_text(described.get("headline")),
        og_title=_text(meta.get("og:title")),
    )


def of_lines(lines: Sequence[str], words: PageWords) -> Metadata:
    """From a page's short lines, nearest to its title first."""
    published = author = category = None
    for line in lines:
        if len(line) > MAX_BYLINE:
            continue
        said = simplified(line)
        date = find_date(said)
        if date and published_at(date) and (published is None):
            published = date
            author = author or _byline_author(line, said)
        author = author or _signature(line, said, words) or _labelled(words.author.search(said), line)
        category = category or _heat_category(line) or _labelled(words.category.search(said), line)
    return Metadata(published, "line" if published else None, author, category)


def crumb_category(lines: Sequence[str], title: str, words: PageWords) -> str | None:
    """The last part but the page itself of `首页 > 催收 > 逾期政策 > 正文`."""
    for line in lines:
        parts = [part.strip(" :：") for part in words.crumbs.split(line[:MAX_BYLINE]) if part.strip(" :：")]
        said = [comparable(part) for part in parts]
        if 2 <= len(parts) <= MAX_PARTS and said[0].endswith(words.home):
            other = words.labels | {comparable(title)}
            inner = [
                PINYIN.sub("", part) for part, s in zip(parts[1:], said[1:], strict=True) if s not in other
            ]
            return inner[-1] if inner and len(inner[-1]) <= MAX_CRUMB else None
    return None


def _byline_author(line: str, said: str) -> str | None:
    """`林小编 2024-12-11 18:58:36`: one short word, then the date, nothing else."""
    found = MOMENT.search(said)
    before = said[: found.start()].strip() if found else ""
    alone = before and " " not in before and ":" not in before and "：" not in before
    return _own_script(line, before) if alone and 2 <= len(before) <= 8 and before.isalnum() else None


def _signature(line: str, said: str, words: PageWords) -> str | None:
    """`林小编` alone in its line."""
    alone = words.author_suffix.fullmatch(said) and said not in words.labels
    return _own_script(line, said) if alone else None


def _heat_category(line: str) -> str | None:
    """`平台逾期 2℃ 0`, as Z-Blog themes print it: category, heat, comments."""
    parts = line.split()
    return (
        PINYIN.sub("", parts[0])
        if len(parts) == 3 and parts[1].endswith("℃") and parts[2].isdigit()
        else None
    )


def _labelled(found: re.Match[str] | None, line: str) -> str | None:
    return _own_script(line, found.group("value").strip()) if found else None


def _own_script(line: str, value: str) -> str:
    """The same words as the page wrote them, where simplification kept every place."""
    said = simplified(line)
    start = said.find(value)
    return line[start : start + len(value)] if start >= 0 and len(said) == len(line) else value


def _described(tree: LexborHTMLParser) -> Iterator[Mapping[str, Any]]:
    """JSON-LD objects that describe an article."""
    for script in tree.css('script[type="application/ld+json"]')[:20]:
        source = script.text()
        if len(source) > MAX_LD_CHARS:
            continue
        try:
            said = json.loads(source)
        except (ValueError, RecursionError):
            continue
        yield from (thing for thing in _things(said) if _is_article(thing))


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


def _is_article(thing: Mapping[str, Any]) -> bool:
    kinds = thing.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    named = any(isinstance(kind, str) and kind.lower() in ARTICLE_TYPES for kind in kinds)
    return named or "datePublished" in thing or "headline" in thing


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.css("meta[content]")[:MAX_META]:
        said = node.attributes
        key = said.get("property") or said.get("name") or said.get("itemprop")
        if key:
            found.setdefault(key.lower(), said.get("content") or "")
    return found


def _readable_date(value: Any) -> str | None:
    return value.strip() if isinstance(value, str) and published_at(value) else None


def _name(value: Any) -> str | None:
    """A plain name, or the `name` of an object, or the first of a list; a URL or a sentence is none."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    said = fold(value) if isinstance(value, str) else ""
    return said if 0 < len(said) <= MAX_NAME and not NOT_A_NAME.search(said) and comparable(said) else None


def _text(value: Any) -> str | None:
    return (fold(value) or None) if isinstance(value, str) else None
