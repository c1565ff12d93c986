"""Which link leads from one page of an article to its next one: by both addresses and by what the link says.

The crawler follows such links and the pipeline joins what they connect; both ask here. Pure.
"""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.urls import canonical

MAX_ARTICLE_PAGES = 50  # the longest divided articles seen have some twenty; a trap has no end
FIRST_BEYOND = MAX_ARTICLE_PAGES + 1
MAX_ANCHORS = 5_000  # of one page; a pager stands among the first hundreds
MAX_CANDIDATES = 100  # links whose words are a pager's
SAID_CHARS = 40  # 下一页：and the heading of that page
PLAIN = 0  # the number of an address without one

# Where an address carries the number of a page: 123_2.html, 123-p2.htm, index_2.html;
# /name/2/, /123.html/2, /123/page/2; /20240131/2.html.
_NUMBERED = (
    re.compile(r"(?P<stem>.*[^/_-])[_-]p?(?P<number>\d{1,3})(?P<end>\.\w{2,5})?"),
    re.compile(r"(?P<stem>.+?)/(?:page[/_-]?|p)?(?P<number>\d{1,3})(?P<end>)/?"),
    re.compile(r"(?P<stem>.*\d{3})/(?P<number>\d{1,3})(?P<end>\.\w{2,5})"),
    re.compile(r"(?P<stem>.*\d{3})/(?P<number>\d{1,3})\.\w{2,5}(?P<end>)"),
)
_PAGE_KEY = re.compile(
    r"(?:page|page_?no|page_?num|page_?index|paged|pg|pn|p|cur_?page|current_?page)=(\d{1,3})"
)
_INDEX = re.compile(r"(?:/|/index\.\w{2,5})$")
# Behind page 2 of a thread stand other people's replies, not the rest of an article.
_FORUM = re.compile(r"\b(?:bbs|tieba|forum|thread|view_?thread|show_?thread|view_?topic|topic)s?\b", re.I)
_COMMENTS = re.compile(r"comment|reply|replies|pinglun|respond", re.I)
_ANCESTORS = 6  # of a link, in which a list of comments would say so
_ASIDE = re.compile(r"[(（][^)）\d]*[)）]")  # 下一頁(yè): some sites annotate even that
_ARROWS = "›»>→"
_NOT_SAID = re.compile(r"[^\w›»>→:：]+")
_OF_PAGES = re.compile(r"[(（]\d{1,3}[/／]\d{1,3}[)）]|\d{1,3}[%％]")  # 下一页(2/3), 剩余50%全文
_NUMBER = re.compile(r"第?(\d{1,3})[页頁]?(?:[:：].*)?")

_WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
NEXT: frozenset[str] = frozenset(_WORDS["next_page"])
PREVIOUS: frozenset[str] = frozenset(_WORDS["previous_page"])
# A further page without any of these has no pager; a first page has one only if it links to a second.
_SIGNS = (
    "下一",
    "下页",
    "下頁",
    "后一页",
    "後一頁",
    "全文",
    "继续阅读",
    "繼續閱讀",
    "next",
    "上一页",
    "上一頁",
    ">1<",
    ">2<",
    "[1]",
    "[2]",
    "第2",
)
HINTS = '[rel~="next" i], base'
_SECOND = re.compile(r"(?:^|[_/=-])p?0?[12](?:\.\w{2,5}|/)?(?:[&#]|$)")
_HREF_CHARS = 300  # of a link's address
_QUOTES = ('"', "'")
_BESIDE = "?.i12"  # how an address begins that leads beside its page: ?page=2, ./12_2.html, index_2
_VALUE = re.compile(rf"[\"']([^\"'<>]{{1,{_HREF_CHARS + 1}}})[\"']")

_Reading = tuple[tuple[str, str, str], int]  # (host, path, query) without the number, and the number


@dataclass(frozen=True, slots=True)
class Turns:
    """Where the pager of an article's page leads; never to another article, a list or comments.

    `next` of page 50 is known, so that nobody takes the text for whole, and never followed: see `is_beyond`.
    """

    next: str | None = None
    first: str | None = None  # the earliest page of the same article that a later one links to


def turns(of: str, html: str, tree: LexborHTMLParser, hinted: bool | None = None) -> Turns:
    """Reads the links of one page. `of`: its address, which may be the name of a file (`urn:yuqi:…`).

    `hinted`: whether the markup names a next page or a base; None: ask the tree.
    """
    hinted = tree.css_first(HINTS) is not None if hinted is None else hinted
    return turns_in(of, tree) if _may_turn(of, html, hinted) else Turns()


def _may_turn(of: str, html: str, hinted: bool) -> bool:
    """Whether asking the tree for its links is worth it: few pages have a pager.

    A further page shows it by the words of its pager, a first one by the addresses that it links to.
    """
    if _FORUM.search(of):
        return False
    if any(number != PLAIN for _, number in _readings(of)):
        return any(sign in html for sign in _SIGNS)
    if hinted:
        return True
    name = _plain(urlsplit(of).path).rpartition("/")[2].partition(".")[0]
    near = set(islice(_hrefs_to_second(html, name), MAX_ANCHORS))
    urls = (_address(href, of, of) for href in islice(near, MAX_CANDIDATES))
    return any(url is not None and pages(of, url) for url in urls)


def _hrefs_to_second(html: str, name: str) -> Iterator[str]:
    """Addresses in links that stand beside the page or hold its name, and end in 1 or 2."""
    found, named = [], name in html
    for piece in html.split("href=")[1:]:  # three times as fast as a search for the whole attribute
        if piece[:1] not in _QUOTES:
            continue
        if piece[1:2] in _BESIDE and (value := _VALUE.match(piece)):
            found.append(value[1])
        end = piece.find(piece[0], 1, _HREF_CHARS) if named else 0
        if end > 1 and piece.find(name, 1, end) > 0:
            found.append(piece[1:end])
    return (unescape(href) for href in found if _SECOND.search(href))


def turns_in(of: str, tree: LexborHTMLParser) -> Turns:
    """The same of a page that is read for its links in any case."""
    if _FORUM.search(of):
        return Turns()
    base = _base(tree, of)
    following: str | None = None
    earlier: list[tuple[int, str]] = []
    for node, said in _pager_links(tree):
        url = _address(node.attributes.get("href") or "", of, base)
        numbers = pages(of, url) if url and url != of else None
        if url is None or numbers is None:
            continue
        if following is None and is_next(*numbers) and _says_next(said, numbers[0]):
            following = url
        if numbers[1] < numbers[0] and _says_earlier(said):
            earlier.append((numbers[1], url))
    return Turns(following, min(earlier)[1] if earlier else None)


def pages(of: str, url: str) -> tuple[int, int] | None:
    """The numbers of two addresses that differ by the number of a page only; 0 where there is none.

    >>> pages("http://a.com/n/12.html", "http://a.com/n/12_2.html")
    (0, 2)
    >>> pages("http://a.com/n/12.html", "http://a.com/n/13.html") is None
    True
    """
    ours = dict(_readings(of))
    for stem, number in _readings(url):
        if stem in ours and max(number, ours[stem]) <= FIRST_BEYOND:
            return ours[stem], number
    return None


def is_beyond(of: str, url: str) -> bool:
    """Whether a next page is more than an article has: it is neither fetched nor joined."""
    numbers = pages(of, url)
    return numbers is not None and numbers[1] >= FIRST_BEYOND


def is_next(number: int, other: int) -> bool:
    """A first page mostly has no number; the second is 2, or 1 where pages are counted from 0."""
    return other == number + 1 or (number == PLAIN and other == 2)


def _readings(url: str) -> Iterator[_Reading]:
    """The address as it stands, then every way to see the number of a page in it."""
    parts = urlsplit(url)
    yield (parts.netloc, _plain(parts.path), parts.query), PLAIN
    for pattern in _NUMBERED:
        if found := pattern.fullmatch(parts.path):
            bare = _plain(found["stem"] + (found["end"] or ""))
            yield (parts.netloc, bare, parts.query), int(found["number"])
    pairs = parts.query.split("&")
    for place, pair in enumerate(pairs):
        if found := _PAGE_KEY.fullmatch(pair.lower()):
            rest = "&".join(pairs[:place] + pairs[place + 1 :])
            yield (parts.netloc, _plain(parts.path), rest), int(found[1])


def _plain(path: str) -> str:
    return _INDEX.sub("", path)


def _says_next(said: str, number: int) -> bool:
    """下一页, or the number of the page behind this one, by either way of counting."""
    shown = _NUMBER.fullmatch(said)
    return said.partition(":")[0] in NEXT or (
        shown is not None and int(shown[1]) in ({2} if number == PLAIN else {number + 1, number + 2})
    )


def _says_earlier(said: str) -> bool:
    return said.partition(":")[0] in PREVIOUS or _NUMBER.fullmatch(said) is not None


def _pager_links(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, str]]:
    """Links whose words are those of a pager, and what they say; the head's rel=next first."""
    for node in tree.css("link[rel~=next i][href], link[rel~=prev i][href]")[:2]:
        yield node, "next" if "next" in (node.attributes.get("rel") or "").lower() else "prev"
    found = 0
    for node in tree.css("a[href]")[:MAX_ANCHORS]:
        said = _said(node)
        pager = said.partition(":")[0] in NEXT | PREVIOUS or _NUMBER.fullmatch(said)
        if pager and not _is_comments(node):
            found += 1
            yield node, said
        if found >= MAX_CANDIDATES:
            return


def _said(node: LexborNode) -> str:
    """A link's words without blanks, brackets and pinyin, in lower case; `rel=next` says it as well."""
    rel = (node.attributes.get("rel") or "").lower().split()
    if "next" in rel or "prev" in rel:
        return "next" if "next" in rel else "prev"
    text = node.text() or ""
    if len(text) > 2 * SAID_CHARS:
        return ""
    said = _NOT_SAID.sub("", _OF_PAGES.sub("", _ASIDE.sub("", text))).replace("：", ":").lower()
    said = said.rstrip(_ARROWS) or said
    return said if len(said) <= SAID_CHARS else ""


def _is_comments(node: LexborNode) -> bool:
    """In a list of comments, or leading to one: their pager stands under the same address."""
    if _COMMENTS.search((node.attributes.get("href") or "").partition("#")[2]):
        return True
    at: LexborNode | None = node
    for _ in range(_ANCESTORS):
        if at is None:
            return False
        if _COMMENTS.search(f"{at.attributes.get('class') or ''} {at.attributes.get('id') or ''}"):
            return True
        at = at.parent
    return False


def _base(tree: LexborHTMLParser, of: str) -> str:
    node = tree.css_first("base[href]")
    said = canonical(node.attributes.get("href") or "", of) if node and not of.startswith("urn:") else None
    return said or of


def _address(href: str, of: str, base: str) -> str | None:
    """A link as an address in one spelling; from a file without one, the name of the file beside it."""
    if not of.startswith("urn:"):
        return canonical(href, base)
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    *name, path = of.split(":", 3)
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
    return None if beside.startswith("..") else ":".join((*name, beside))
