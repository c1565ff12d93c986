"""Which URLs a site brings to light, and which are asked for again: patterns, feeds, sitemaps, lists."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from crawl_server import Reply, article, links, local_site, workspace_in

from crawler.crawl import crawl
from crawler.discover import Found, Scope, Visited, discover, next_in_series
from crawler.feeds import listed
from crawler.frontier import Frontier
from crawler.page import PageKind
from crawler.sites import Site
from crawler.url_patterns import learn_patterns, titled

HOME = "http://example.com"
TITLES = (
    "星蓝贷逾期三天会怎样处理",
    "被催收电话打扰应该如何应对",
    "协商还款需要准备哪些材料",
    "信用卡欠款两万元无力偿还怎么办",
    "网贷逾期后收到短信要不要回",
    "个性化分期的申请条件是什么",
)


def found(html: str, kind: PageKind = "list", url: str = HOME + "/", **site: str) -> Found:
    scope = Scope(Site("s", start=(HOME + "/",), **site))  # type: ignore[arg-type]
    return discover(Visited(url, kind, 0, "text/html", html.encode()), scope)


def urls(*paths: str) -> list[str]:
    return [HOME + path for path in paths]


@pytest.mark.parametrize(
    ("articles", "others", "patterns"),
    [
        (["/1.html", "/22.html"], [], ()),  # two teach nothing
        (["/about.html", "/contact.html", "/a/"], [], ()),
        (["/a/1.html", "/a/2.html", "/a/3.html"], ["/a/9.html"], ()),  # a list has this shape, too
        ([f"/{n}.html" for n in range(9)], [], (r"//[^/]+/\d+\.html$",)),
        ([f"/2024/0{n}/{n}.html" for n in range(1, 9)], [], (r"//[^/]+/\d+/\d+/\d+\.html$",)),
        ([f"/show.php?id={n}" for n in range(9)], [], (r"//[^/]+/show\.php\?id=\d+$",)),
        ([f"/wen/{name}-yuqi" for name in "abcdef"], [], (r"//[^/]+/wen/[^/?&=]+$",)),
        ([f"/wen/{name}.html" for name in "abcdef"], ["/wen/tags.html"], ()),
        ([f"/{name}/{n}.html" for name in "abcdef" for n in range(2)], [], (r"//[^/]+/[^/?&=]+/\d+\.html$",)),
        ([f"/{name}/{n}.html" for name in "ab" for n in range(3)], [],
         (r"//[^/]+/a/\d+\.html$", r"//[^/]+/b/\d+\.html$")),
        ([f"/p/x{n}y{n}zQ" for n in range(4)], [], (r"//[^/]+/p/[^/?&=]+$",)),
    ],
)  # fmt: skip
def test_a_pattern_opens_what_differs_and_holds_no_list(
    articles: list[str], others: list[str], patterns: tuple[str, ...]
) -> None:
    assert learn_patterns(urls(*articles), urls(*others)) == patterns


def test_a_pattern_with_signs_of_regular_expressions_is_taken_by_the_letter() -> None:
    (pattern,) = learn_patterns(urls("/a+b(c)/1.html", "/a+b(c)/2.html", "/a+b(c)/3.html"))
    assert Scope(Site("s", start=(HOME,), article=pattern)).kind(HOME + "/a+b(c)/77.html") == "article"
    assert Scope(Site("s", start=(HOME,), article=pattern)).kind(HOME + "/aab(c)/77.html") is None


def test_links_with_titles_are_articles_although_their_addresses_have_no_number() -> None:
    anchors = [(f"{HOME}/wen/{n}-yuqi", title) for n, title in zip("abcdef", TITLES, strict=True)]
    assert titled(anchors) == {url for url, _ in anchors}
    html = "".join(f'<a href="{url}">{said}</a>' for url, said in anchors)
    assert {(link.url, link.kind) for link in found(html).articles} == {
        (url, "article") for url, _ in anchors
    }


def test_tags_and_a_few_links_are_no_articles_and_a_definition_overrules() -> None:
    assert not titled((f"{HOME}/tag/{n}", "逾期协商") for n in "abcdef")
    assert not titled((f"{HOME}/wen/{n}", title) for n, title in zip("abcd", TITLES, strict=False))
    html = "".join(f'<a href="/wen/{n}">{said}</a>' for n, said in zip("abcdef", TITLES, strict=True))
    assert not found(html, article=r"/\d+\.html$").articles


def test_feeds_that_a_start_page_names_are_read_and_those_of_comments_are_not() -> None:
    head = (
        '<link rel="alternate" type="application/rss+xml" href="/feed/">'
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
        '<link rel="alternate" type="application/atom+xml" href="http://other.com/atom">'
        '<link rel="alternate" hreflang="en" href="/en/">'
    )
    assert [link.url for link in found(head).lists] == [f"{HOME}/feed/"]


def test_dates_of_a_sitemap_that_are_all_the_same_say_nothing() -> None:
    def sitemap(days: list[int]) -> bytes:
        entries = (f"<url><loc>{HOME}/{n}</loc><lastmod>2026-01-{day:02}</lastmod></url>"
                   for n, day in enumerate(days))  # fmt: skip
        return (
            f"<urlset>{''.join(entries)}<url><loc>/x</loc><lastmod>gestern</lastmod></url></urlset>".encode()
        )

    same, various = listed(sitemap([5] * 6)), listed(sitemap([1, 2, 3, 4, 5, 6]))
    assert same is not None and not same.modified
    assert various is not None and len(various.modified) == 6
    assert various.modified[f"{HOME}/0"] < datetime(2026, 1, 1, tzinfo=UTC)  # midnight in China


def test_the_page_behind_is_the_nearest_of_a_pager() -> None:
    pager = urls("/list/1.html", "/list/10.html", "/list/3.html", "/list/4.html", "/loan/")
    assert next_in_series(HOME + "/list/2.html", pager) == HOME + "/list/3.html"
    assert next_in_series(HOME + "/list/10.html", pager) is None


def test_a_recrawl_reads_lists_until_a_page_names_nothing_new(tmp_path: Path) -> None:
    with local_site() as site:
        pager = "".join(f'<a href="/list/{n}.html">{n}</a>' for n in range(2, 11))

        def build(new: int) -> None:
            numbers = [*range(100, 100 + new), *range(40)]
            for n in range(10):
                shown = numbers[n * 4 : n * 4 + 4]
                body = links(*(f"/article/{number}.html" for number in shown)) + pager
                site.html("/" if n == 0 else f"/list/{n + 1}.html", body)
            for number in numbers:
                site.html(f"/article/{number}.html", article(number))

        build(0)
        workspace = workspace_in(tmp_path)
        crawl(workspace, [site.site()])
        with Frontier(workspace) as frontier:
            frontier._db.execute("UPDATE url SET next_visit_at = 0 WHERE url LIKE '%/'")
        build(6)
        site.asked.clear()
        crawl(workspace, [site.site()])
        lists = [path for path in site.paths() if "article" not in path and path != "/robots.txt"]
        assert lists == ["/", "/list/2.html", "/list/3.html"]
        assert sum("article" in path for path in site.paths()) == 6


def test_an_article_that_a_sitemap_calls_changed_is_visited_before_it_is_due(tmp_path: Path) -> None:
    with local_site() as site:

        def sitemap(years: list[int]) -> None:
            entries = "".join(
                f"<url><loc>{site.url}/article/{n}.html</loc><lastmod>{year}-01-01T00:00:00Z</lastmod></url>"
                for n, year in enumerate(years)
            )
            site.pages["/map.xml"] = Reply(f"<urlset>{entries}</urlset>".encode(), headers={})

        sitemap([2001, 2002, 2003])
        for number in range(3):
            site.html(f"/article/{number}.html", article(number))
        workspace, definition = workspace_in(tmp_path), site.site(start=(f"{site.url}/map.xml",))
        crawl(workspace, [definition])
        with Frontier(workspace) as frontier:
            frontier._db.execute("UPDATE url SET next_visit_at = 0 WHERE kind = 'sitemap'")
            frontier._db.execute("UPDATE url SET checked_at = 1000000000000000 WHERE url LIKE '%/1.html'")
        sitemap([2001, 2024, 2999])
        site.asked.clear()
        crawl(workspace, [definition])
        assert set(site.paths()) - {"/robots.txt"} == {"/map.xml", "/article/1.html"}
