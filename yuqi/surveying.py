"""What a site is made of, from a few of its pages: what lists its articles, and how they are named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from crawler.archive import read_pages
from crawler.crawl import CrawlOptions, crawl
from crawler.discover import Found, Scope, Visited, discover, is_numbered
from crawler.frontier import Frontier
from crawler.markup import tree_of
from crawler.page import KnownPage, Page
from crawler.robots import Rules
from crawler.sites import Site
from crawler.url_patterns import learn_patterns
from crawler.urls import origin_of
from crawler.workspace import Workspace

SURVEY_REQUESTS = 6  # robots.txt apart: the home page, the page itself, sitemaps, feeds, a second list
SURVEY_SECONDS = 60.0
SAMPLES = 5  # articles of which each is fetched, to see where their text stands
SCRIPT_REQUESTS = 9  # of a rendered page; most take fewer
SHELL_CHARS = 60  # "loading", "please turn on JavaScript", a footer; the shortest real article has 200
SHOWN = 5  # addresses of a kind, to people


@dataclass(frozen=True)
class Survey:
    """Of a site; addresses in the order in which they were found."""

    crawl_delay_seconds: float = 0.0  # as robots.txt asks
    sitemaps: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    pagers: tuple[str, ...] = ()  # further pages of those lists
    articles: tuple[str, ...] = ()
    article_patterns: tuple[str, ...] = ()
    list_patterns: tuple[str, ...] = ()
    fetched: tuple[str, ...] = field(default=())
    needs_scripts: bool = False  # its pages are empty without them


def survey(place: Workspace, asked: Site, url: str, contact: str | None) -> Survey:
    """Asks the site's home page, the page itself and what they name first; `place` is thrown away."""
    start = tuple(dict.fromkeys((f"{origin_of(url)}/", url)))
    most = requests(asked, SURVEY_REQUESTS)
    site = Site(asked.site_id, start, delay_seconds=asked.delay_seconds, max_pages=most, render=asked.render)
    crawl(place, [site], CrawlOptions(max_seconds=SURVEY_SECONDS, contact=contact))
    with Frontier(place) as frontier:
        known = {page.url: page for page in frontier.pages()}
        robots = frontier.robots(origin_of(url))
        fetches = [fetch for fetch in frontier.fetches() if fetch.payload_sha256 and fetch.warc_file]
    pages, scope = list(read_pages(place.root, fetches)), Scope(site)
    found = _surveyed(scope, pages, known)
    if robots is None:
        return found
    rules = Rules(robots)
    named = [link.url for link in scope.sitemaps(rules.sitemaps, origin_of(url))]
    sitemaps = _once([*named, *found.sitemaps])
    return replace(found, sitemaps=sitemaps, crawl_delay_seconds=rules.crawl_delay_seconds)


def requests(site: Site, pages: int) -> int:
    """For so many pages, with what their scripts ask for where they are rendered."""
    return pages * (1 + SCRIPT_REQUESTS) if site.render else pages


def is_shell(page: Page) -> bool:
    """An empty page whose scripts would fill it.

    Left alone: a short page without scripts, and one that says even a sentence or two before they run.
    """
    tree = tree_of(page.payload)
    if tree is None or tree.css_first("script") is None:
        return False
    for unseen in tree.css("script, style, noscript, title"):
        unseen.decompose()
    return tree.body is None or len(tree.body.text(strip=True)) < SHELL_CHARS


def samples(found: Survey, url: str) -> tuple[str, ...]:
    """Articles to look at beside the page itself, spread over what was found."""
    named = [other for other in found.articles if other != url and _is_article(other, found.article_patterns)]
    step = max(1, len(named) // SAMPLES)
    return tuple(named[::step][:SAMPLES])


def _surveyed(scope: Scope, pages: Sequence[Page], known: dict[str, KnownPage]) -> Survey:
    seen = [(page, _found(page, known[page.url], scope)) for page in pages]
    named = [
        link.url for _, found in seen if found.kind is None for link in found.lists if link.kind == "sitemap"
    ]
    feeds = _once([*named, *(page.url for page, found in seen if found.kind == "sitemap" and _is_feed(page))])
    articles = _once(link.url for _, found in seen for link in found.articles)
    lists = _once(link.url for _, found in seen for link in found.lists if link.kind == "list")
    return Survey(
        sitemaps=tuple(page.url for page, found in seen if found.kind == "sitemap" and page.url not in feeds),
        feeds=feeds,
        lists=tuple(url for url in lists if not is_numbered(url)),
        pagers=tuple(url for url in lists if is_numbered(url)),
        articles=articles,
        article_patterns=learn_patterns(articles, lists),
        list_patterns=learn_patterns(lists, articles),
        fetched=tuple(page.url for page in pages),
        needs_scripts=any(map(is_shell, pages)) and not articles,
    )


def _found(page: Page, known: KnownPage, scope: Scope) -> Found:
    """As the crawl saw it: start pages list, whatever they are."""
    kind = "list" if page.url in scope.site.start else known.kind
    return discover(Visited(page.url, kind, 0, page.content_type, page.payload), scope)


def _is_feed(page: Page) -> bool:
    return any(mark in page.payload[:1000].lower() for mark in (b"<rss", b"<feed", b"<rdf:rdf"))


def _is_article(url: str, patterns: Sequence[str]) -> bool:
    return not patterns or any(re.search(pattern, url) for pattern in patterns)


def _once(urls: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(urls))


# The draft of a site file


def draft(site_id: str, url: str, found: Survey, layout: str | None) -> str:
    """A site file to begin with; what a person must decide stands in comments."""
    return "\n".join(_draft_lines(site_id, url, found, layout))


def _draft_lines(site_id: str, url: str, found: Survey, layout: str | None) -> Iterator[str]:
    yield f"# sites/{site_id}.toml"
    home = f"{origin_of(url)}/"
    own = [url] if url in {*found.lists, *found.sitemaps, *found.feeds} else []
    starts = ", ".join(f'"{start}"' for start in dict.fromkeys((home, *own)))
    yield f"start = [{starts}]"
    if also := found.sitemaps + found.feeds:
        yield f"# read as well, since the site names them: {', '.join(also[:SHOWN])}"
    patterns = [pattern for pattern in found.article_patterns if "'" not in pattern]
    chosen = [pattern for pattern in patterns if re.search(pattern, url)] or patterns or [_by_digits(url)]
    yield f"article = '{chosen[0]}'" if chosen[0] else "# article = '…'"
    yield from (f"# or '{pattern}'" for pattern in patterns if pattern != chosen[0])
    yield from (f"# follow = '{pattern}'" for pattern in found.list_patterns[:1] if "'" not in pattern)
    yield 'why = ""'
    if found.needs_scripts:
        yield "render = true  # its pages are empty without their scripts: pip install 'yuqi[render]'"
    if found.crawl_delay_seconds > 1:
        yield f"delay_seconds = {found.crawl_delay_seconds:g}  # as robots.txt asks"
    if layout is not None:
        yield layout


def _by_digits(url: str) -> str:
    """Of one page alone: digits of the path may be any, the rest is as it is; "" where there are none."""
    path = re.sub(r"\d+", r"\\d+", re.escape(urlsplit(url).path).replace(r"\-", "-"))
    return f"{path}$" if r"\d+" in path and "'" not in path else ""
