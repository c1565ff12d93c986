"""Which URLs a page brings to light: lists, sitemaps and feeds lead to articles; never all links. Pure."""

from __future__ import annotations

import hashlib
import re
import tomllib
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from crawler.content import ContentError, TooLargeError, gunzipped
from crawler.duplicates import bare_host
from crawler.feeds import Listed, listed
from crawler.markup import text_of, tree_in
from crawler.page import PageKind
from crawler.page_text import TextDigests, text_digests
from crawler.paging import is_beyond, turns
from crawler.sites import Site
from crawler.soft_404 import says_missing
from crawler.url_patterns import titled
from crawler.urls import canonical, host_of, without_www
from crawler.visits import Link

MAX_DEPTH = 2  # sections below a start page, where no `follow` pattern says what lists articles
MAX_SECTIONS = 60  # links of one page followed as sections; a home page's menu has fewer
MAX_HOPS = 10  # redirects in a row
MAX_LINKS = 50_000  # of one page; the sitemap protocol's limit
NON_PAGE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|bmp|css|js|json|pdf|docx?|xlsx?|pptx?|zip|rar|7z|gz|apk|exe|dmg|mp[34]|avi|flv"
    r"|woff2?|ttf)$",
    re.IGNORECASE,
)
# An article's path, as content management systems build it: a number or a date before the end.
ARTICLE_SHAPE = re.compile(
    r"/(?:\w+[-_])?\d+(?:[-_]\d+)?(?:\.s?html?|\.aspx?|\.php|\.jsp|/)?$"
    r"|/(?:19|20)\d{2}[/-]?\d{2}(?:[/-]?\d{2})?/[^/]+$"
    r"|/(?:article|archives?|post|news|show|detail|content|info|p|a|t)[/_-]\w*\d+(?:\.\w+)?/?$"
    r"|/[\w%-]{8,}\.s?html?$"
)
ARTICLE_QUERY = re.compile(r"(?:^|&)(?:id|aid|tid|p|pid|article_?id|news_?id)=\d+")
PAGE_NUMBER = re.compile(
    r"(?:^|&)(?:page|paged|pageno|page_?num|pn|p)=\d+|/page[/_-]?\d+|[_-]p?\d{1,4}\.s?html?$"
    r"|/(?:list|index)[_-]?\d+|/(?:list|page|category|cat|tag)\w*/(?:\d+/)?\d{1,4}(?:\.s?html?|/)?$",
    re.IGNORECASE,
)
LIST_SHAPE = re.compile(r"/(?:[\w%-]+/)*(?:index\.\w+|list\w*(?:\.\w+)?|[a-z_-]+)?$", re.IGNORECASE)
# A path that says itself that it lists: /tag/5.html, /category/loan/, /list_2.html, /category/loan/2.html
NAMED_LIST = re.compile(
    r"/(?:tags?|categor(?:y|ies)|cat|lists?|page|topics?|channel|column)"
    r"(?:[/_-][\w%-]+)?(?:[/_-]\d{1,3})?(?:\.\w+|/)?$",
    re.IGNORECASE,
)
FEEDS = "link[rel~=alternate i][type*='rss'][href], link[rel~=alternate i][type*='atom'][href]"
CANONICAL = ("canonical", "Canonical", "CANONICAL")  # a page without the word has no link of that name
MAX_FEEDS = 5  # of one page
BRACKETS = re.compile(r"[(（][^)）]*[)）]")  # 下一頁(yè): some sites annotate even that
DIGITS_ONLY = re.compile(r"\d{1,4}")

_WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
PAGING: frozenset[str] = frozenset(_WORDS["paging"])
MORE: frozenset[str] = frozenset(_WORDS["more"])


@dataclass(frozen=True, slots=True)
class Found:
    """What one payload shows."""

    kind: PageKind | None = None  # where the payload is surer than the URL
    articles: tuple[Link, ...] = ()
    lists: tuple[Link, ...] = ()  # pages of this list, and sections
    parts: tuple[Link, ...] = ()  # the next page of this article
    soft_404: bool = False
    links_digest: str | None = field(default=None)  # of the articles, where there are any
    digests: TextDigests | None = None
    canonical: str | None = None  # the page's own address, as it says itself


@dataclass(frozen=True, slots=True)
class Visited:
    """The page that is looked at."""

    url: str
    kind: PageKind
    depth: int
    content_type: str
    payload: bytes


class Scope:
    """What belongs to a site: the hosts of its start pages, with or without `www.`."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._hosts = frozenset(map(without_www, site.hosts))
        self._article = re.compile(site.article) if site.article else None
        self._follow = re.compile(site.follow) if site.follow else None

    def holds(self, url: str) -> bool:
        return self.holds_host(host_of(url))

    def holds_host(self, host: str) -> bool:
        return without_www(host) in self._hosts

    def kind(self, url: str) -> PageKind | None:
        """What the definition's patterns say of a URL."""
        if self._article and self._article.search(url):
            return "article"
        return "list" if self._follow and self._follow.search(url) else None

    def starts(self) -> Iterator[Link]:
        for start in self.site.start:
            url = canonical(start)
            if url is not None:
                sitemap: PageKind = "sitemap" if re.search(r"\.xml(?:\.gz)?$", urlsplit(url).path) else "list"
                yield Link(url, self.kind(url) or sitemap, 0)

    def sitemaps(self, urls: Iterable[str], origin: str) -> Iterator[Link]:
        """Those that a robots.txt names, where they are the site's own."""
        for given in urls:
            url = canonical(given, origin + "/")
            if url is not None and self.holds(url):
                yield Link(url, "sitemap", 0)

    def might_be_article(self, url: str) -> bool:
        """By the site's pattern, or by the usual shapes where it has none."""
        if self._article:
            return self.kind(url) == "article"
        parts = urlsplit(url)
        shaped = ARTICLE_SHAPE.search(parts.path) or ARTICLE_QUERY.search(parts.query)
        return bool(shaped) and not NAMED_LIST.search(parts.path)

    def might_be_section(self, url: str) -> bool:
        """A list of another part of the site; a `follow` pattern says which ones there are."""
        parts = urlsplit(url)
        shaped = LIST_SHAPE.fullmatch(parts.path) or NAMED_LIST.search(parts.path)
        return self._follow is None and not parts.query and bool(shaped)

    def section_kind(self, url: str) -> PageKind:
        """Without a pattern `/name/` may be an article too: only its text will tell."""
        return "list" if self._article or NAMED_LIST.search(urlsplit(url).path) else "unknown"

    def target_kind(self, url: str, source: PageKind) -> PageKind:
        """Of a redirect's target: a page that moved is what it was, unless its new address says more."""
        return self.kind(url) or ("unknown" if self.might_be_article(url) else source)


def discover(page: Visited, scope: Scope) -> Found:
    """Links of a list, a sitemap or a feed; an article's next page; whether a page says there is nothing."""
    try:
        payload = gunzipped(page.payload)
    except (ContentError, TooLargeError, zlib.error):
        return Found()
    if (said := listed(payload)) is not None:
        return _from_list(page, said, scope)
    is_markup = page.kind != "sitemap" and _is_markup(page.content_type, payload)
    html = text_of(payload) if is_markup else ""
    tree = tree_in(html) if is_markup else None
    if tree is None:
        return Found()
    title = node.text(strip=True).lower() if (node := tree.css_first("title")) else ""
    text = _visible_text(tree)
    if says_missing(title, text):
        return Found(soft_404=True)
    if page.kind == "article" or (page.kind == "unknown" and scope.might_be_article(page.url)):
        found = _from_article(page, turns(page.url, html, tree).next, scope)
    else:
        found = _from_html(page, tree, scope)
    own = _canonical(page.url, tree, scope) if any(map(html.__contains__, CANONICAL)) else None
    unlinked = text if tree.css_first("a") is None else _unlinked(tree)
    return replace(found, digests=text_digests(text, unlinked), canonical=own)


def is_numbered(url: str) -> bool:
    """One of the further pages of a list."""
    parts = urlsplit(url)
    return bool(PAGE_NUMBER.search(parts.path) or PAGE_NUMBER.search(parts.query))


def in_shard(host: str, shard: tuple[int, int] | None) -> bool:
    """Whether a host is this shard's (I of N): by a digest, so that every machine says the same.

    `www.` and `m.` go with the bare host, since they may show the same pages.
    """
    if shard is None:
        return True
    number, of = shard
    return int.from_bytes(hashlib.sha256(bare_host(host).encode()).digest()[:8]) % of == number - 1


def redirect_target(url: str, location: str, scope: Scope) -> str | None:
    target = canonical(location, url)
    return target if target is not None and target != url and scope.holds(target) else None


def _from_article(page: Visited, url: str | None, scope: Scope) -> Found:
    """Its next page, one after the other, so that a robots.txt, a limit or a takedown ends it as any page.

    A link to the whole text on one page is not followed: the numbered pages are joined instead.
    """
    if url is None or is_beyond(page.url, url) or not scope.holds(url) or scope.kind(url) == "list":
        return Found()
    return Found(parts=(Link(url, "article", page.depth),))


def _from_html(page: Visited, tree: LexborHTMLParser, scope: Scope) -> Found:
    """Articles, further pages of this list and, near the start, sections; each URL once, in page order."""
    articles: dict[str, Link] = {}
    lists: dict[str, Link] = {}
    sections = 0
    anchors = list(_anchors(page, tree, scope))
    learnt = titled(anchors) if scope.site.article is None else frozenset()
    for url in _feeds(page, tree, scope):
        lists.setdefault(url, Link(url, "sitemap", page.depth + 1))
    for url, text in anchors:
        kind = scope.kind(url)
        if kind == "list" or (kind is None and _is_paging(page.url, url, text, scope)):
            lists.setdefault(url, Link(url, "list", page.depth))
        elif kind == "article" or scope.might_be_article(url):
            articles.setdefault(url, Link(url, kind or "unknown", page.depth + 1))
        elif url in learnt:
            articles.setdefault(url, Link(url, "article", page.depth + 1))
        elif page.depth < MAX_DEPTH and sections < MAX_SECTIONS and scope.might_be_section(url):
            sections += url not in lists
            lists.setdefault(url, Link(url, scope.section_kind(url), page.depth + 1))
    digest = _digest(page.url, articles)
    return Found(None, tuple(articles.values()), tuple(lists.values()), links_digest=digest)


def _anchors(page: Visited, tree: LexborHTMLParser, scope: Scope) -> Iterator[tuple[str, str]]:
    base_node = tree.css_first("base[href]")
    base = canonical(base_node.attributes.get("href") or "", page.url) if base_node else None
    for node in tree.css("a[href]")[:MAX_LINKS]:
        href = node.attributes.get("href") or ""
        rel = (node.attributes.get("rel") or "").lower()
        url = canonical(href, base or page.url)
        if (
            url is not None
            and url != page.url
            and scope.holds(url)
            and not NON_PAGE.search(urlsplit(url).path)
        ):
            yield url, "next" if "next" in rel.split() else BRACKETS.sub("", node.text(strip=True)).lower()


def _feeds(page: Visited, tree: LexborHTMLParser, scope: Scope) -> Iterator[str]:
    """Feeds that a start page names; those of comments list no article."""
    for node in tree.css(FEEDS)[:MAX_FEEDS] if page.depth == 0 else ():
        url = canonical(node.attributes.get("href") or "", page.url)
        if url is not None and scope.holds(url) and "comment" not in url.lower():
            yield url


def _is_paging(of: str, url: str, text: str, scope: Scope) -> bool:
    """Another page of the same list: the link says 下一页 or its number, or the URLs differ by a number.

    A number alone says little: the count of comments links to an article.
    """
    if text in PAGING:
        return True
    if text in MORE:
        return not scope.might_be_article(url)
    if DIGITS_ONLY.fullmatch(text):
        return is_numbered(url) or not scope.might_be_article(url) or _last_number(url) == text
    return is_numbered(url) and _masked(of) == _masked(url)


def next_in_series(url: str, others: Iterable[str]) -> str | None:
    """The page behind this one of the same list, among the lists that it links to.

    >>> next_in_series("http://a.com/list/", ["http://a.com/list/9.html", "http://a.com/list/2.html"])
    'http://a.com/list/2.html'
    """
    here = int(_last_number(url) or 1) if is_numbered(url) else 1
    behind = [(int(_last_number(other)), other) for other in others if is_numbered(other)]
    return min(((n, other) for n, other in behind if n > here), default=(0, None))[1]


def _last_number(url: str) -> str:
    return str((re.findall(r"\d+", url) or [""])[-1])


def _masked(url: str) -> str:
    return re.sub(r"\d+", "#", url)


def _from_list(page: Visited, said: Listed, scope: Scope) -> Found:
    """Of a sitemap, a sitemap index or a feed."""
    articles: dict[str, Link] = {}
    lists: dict[str, Link] = {}
    for given in said.urls[:MAX_LINKS]:
        url = canonical(given, page.url)
        if url is None or url == page.url or not scope.holds(url):
            continue
        if said.is_index:
            if page.depth <= MAX_DEPTH:
                lists.setdefault(url, Link(url, "sitemap", page.depth + 1))
        elif scope.kind(url) == "list":
            lists.setdefault(url, Link(url, "list", page.depth + 1))
        elif not NON_PAGE.search(urlsplit(url).path) and _wanted(url, scope):
            link = Link(
                url, scope.kind(url) or "unknown", page.depth + 1, modified_at=said.modified.get(given)
            )
            articles.setdefault(url, link)
    return Found("sitemap", tuple(articles.values()), tuple(lists.values()))


def _wanted(url: str, scope: Scope) -> bool:
    """A sitemap of a site without patterns names its articles, and its home page and sections too."""
    path = urlsplit(url).path
    return scope.might_be_article(url) or (scope.site.article is None and not LIST_SHAPE.fullmatch(path))


def _is_markup(content_type: str, payload: bytes) -> bool:
    return "html" in content_type.lower() or payload[:2000].lstrip()[:1] == b"<"


def _visible_text(tree: LexborHTMLParser) -> str:
    """What a reader sees, a line each text node; the rest leaves the tree."""
    for unseen in tree.css("script, style, noscript, title"):
        unseen.decompose()
    return _text(tree)


def _text(tree: LexborHTMLParser) -> str:
    return tree.body.text(separator="\n", strip=True) if tree.body else ""


def _unlinked(tree: LexborHTMLParser) -> str:
    tree.strip_tags(["a"], recursive=True)
    return _text(tree)


def _canonical(url: str, tree: LexborHTMLParser, scope: Scope) -> str | None:
    """rel=canonical, where it names a page of the site; several of them say nothing."""
    named = {node.attributes.get("href") or "" for node in tree.css("link[rel~=canonical i][href]")[:2]}
    own = canonical(named.pop(), url) if len(named) == 1 else None
    return own if own is not None and scope.holds(own) else None


def _digest(url: str, articles: Iterable[str]) -> str | None:
    """Of the articles on a page of one series; the first page of a series may repeat the home page."""
    named = "\n".join(sorted(articles))
    return hashlib.sha256(f"{_masked(url)}\n{named}".encode()).hexdigest()[:32] if named else None
