"""Divided articles through crawl, import, build, evidence and takedown."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from crawl_server import LocalSite, local_site, workspace_in
from stores import ask, tables

from crawler.crawl import CrawlOptions, crawl
from crawler.importing import import_paths
from crawler.paging import MAX_ARTICLE_PAGES
from crawler.workspace import Workspace, open_workspace
from pipeline.store.takedown import ensure_applied
from yuqi.building import build_workspace
from yuqi.cli import run

SAVED_AT = 1_700_000_000
TITLE = "星蓝贷逾期之后怎么办"
TEXTS = (
    "催收的电话在还款日之后的第三天打来，对方报出了借款人的姓名和单位，语气很不客气。",
    "借款人应当保留通话录音和短信截图，并且记下每一次来电的时间，作为日后投诉的依据。",
    "与平台协商的时候，先说明自己的收入情况，再提出分期的方案，并且请对方书面答复。",
    "协商不成的，可以向当地的金融监管部门反映情况，也可以请律师出面与对方沟通。",
    "根据《中华人民共和国民法典》的规定，借款的利率不得违反国家的有关规定。",
    "最后要说的是，按时还款才是维护信用的根本办法，逾期的时间越久，代价就越高。",
)
OTHER = tuple(
    f"这是另一篇文章的第{n}段，讲的是怎样核对账单，以及怎样向银行询问利息的算法。" for n in "一二三四"
)
OTHER_TITLE = "怎样核对账单"
ALL = "\n".join(TEXTS)
OF = """SELECT text, n_pages, is_whole, version, is_current FROM articles
        WHERE url LIKE '%/n/{}.html' ORDER BY version"""


def page(texts: tuple[str, ...], pager: str = "", title: str = TITLE) -> str:
    body = "".join(f"<p>{text}</p>" for text in texts)
    return (
        f"<title>{title}_样例频道</title><div><a href='/'>首页</a></div><div class='main'><h1>{title}</h1>"
        f"<div class='content'>{body}</div><div class='pages'>{pager}</div></div>"
    )


def divided(site: LocalSite, name: str, *parts: tuple[str, ...]) -> None:
    """An article on several pages, as such systems show it."""
    paths = [f"/n/{name}.html", *(f"/n/{name}_{n}.html" for n in range(2, len(parts) + 1))]
    for at, (path, texts) in enumerate(zip(paths, parts, strict=True)):
        pager = f'<a href="{paths[at - 1]}">上一页</a>' if at else ""
        pager += "".join(f'<a href="{p}">{n}</a>' for n, p in enumerate(paths, 1) if p != path)
        pager += f'<a href="{paths[at + 1]}">下一页</a>' if at + 1 < len(paths) else ""
        site.html(path, page(texts, pager))


def endless(site: LocalSite, name: str) -> None:
    """Always a next page, and always something new on it."""
    for n in range(1, MAX_ARTICLE_PAGES + 20):
        text = f"这是没有尽头的第{n}页，每一页都说差不多的话，并且总有下一页可以点击，永远翻不完。"
        path = f"/n/{name}.html" if n == 1 else f"/n/{name}_{n}.html"
        site.html(
            path, page((text, TEXTS[n % 6]), f'<a href="/n/{name}_{n + 1}.html">下一页</a>', "没有尽头")
        )


@dataclass
class World:
    """One site on two days, and what was asked of it on each."""

    place: Workspace
    url: str
    snapshots: list[Path]
    asked: list[list[str]]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with local_site() as site:
        place = workspace_in(tmp_path_factory.mktemp("paging") / "w")
        world = World(place, site.url, [], [])
        articles = ("whole", "single", "late", "tail", "both", "stranger", "endless")
        site.html("/", "".join(f'<a href="/n/{name}.html">{TITLE}，请看这一篇</a>' for name in articles))
        divided(site, "whole", TEXTS[:2], TEXTS[2:4], TEXTS[4:])
        site.html("/n/single.html", page(OTHER, '<a href="/n/whole.html">下一篇</a>', OTHER_TITLE))
        divided(site, "late", TEXTS[:2], TEXTS[2:4], TEXTS[4:])
        second = site.pages.pop("/n/late_2.html")
        divided(site, "tail", TEXTS[:3], TEXTS[3:5])
        divided(site, "both", TEXTS[:2], TEXTS[2:4])
        site.html("/n/stranger.html", page(TEXTS[:4], '<a href="/n/stranger_2.html">下一页</a>'))
        site.html("/n/stranger_2.html", page(OTHER, '<a href="/n/stranger.html">上一页</a>', OTHER_TITLE))
        endless(site, "endless")
        _day(world, site)
        site.pages["/n/late_2.html"] = second
        divided(site, "tail", TEXTS[:3], TEXTS[3:])
        divided(site, "both", TEXTS[:3], TEXTS[3:])
        _day(world, site)
        yield world


def _day(world: World, site: LocalSite) -> None:
    site.asked.clear()
    crawl(world.place, [site.site(article=r"/n/[a-z]+\.html$")], CrawlOptions(all=True))
    world.asked.append(site.paths())
    build_workspace(world.place, workers=1)
    world.snapshots.append(world.place.latest.resolve())


def test_three_pages_are_one_article_and_every_page_has_one_fate(world: World) -> None:
    day = world.snapshots[0]
    assert ask(day, OF.format("whole")) == [(ALL, 3, True, 1, True)]
    assert ask(day, "SELECT n_pages, is_whole FROM articles WHERE url LIKE '%/single.html'") == [(1, True)]
    assert ask(day, "SELECT url, reason FROM drops WHERE url LIKE '%/whole%' ORDER BY url") == [
        (f"{world.url}/n/whole_{n}.html", "continuation") for n in (2, 3)
    ]
    assert world.asked[0].count("/n/whole_2.html") == 1


def test_a_page_that_is_missing_is_said_and_joins_when_it_comes(world: World) -> None:
    assert ask(world.snapshots[0], OF.format("late")) == [("\n".join(TEXTS[:2]), 1, False, 1, True)]
    assert ask(world.snapshots[1], OF.format("late")) == [(ALL, 3, True, 1, True)]


def test_a_change_on_a_further_page_alone_rewrites_the_row_of_the_same_article(world: World) -> None:
    assert ask(world.snapshots[0], OF.format("tail"))[0][0] == "\n".join(TEXTS[:5])
    assert ask(world.snapshots[1], OF.format("tail")) == [(ALL, 2, True, 1, True)]
    question = "SELECT article_id FROM articles WHERE url LIKE '%/tail.html'"
    assert ask(world.snapshots[0], question) == ask(world.snapshots[1], question)


def test_each_version_of_the_first_page_goes_with_the_pages_of_its_own_time(world: World) -> None:
    assert ask(world.snapshots[1], OF.format("both")) == [
        ("\n".join(TEXTS[:4]), 2, True, 1, False),
        (ALL, 2, True, 2, True),
    ]


def test_another_article_behind_the_pager_stays_an_article(world: World) -> None:
    question = "SELECT title, n_pages, is_whole FROM articles WHERE url LIKE '%/stranger%' ORDER BY url"
    assert ask(world.snapshots[0], question) == [(TITLE, 1, False), (OTHER_TITLE, 1, True)]


def test_pages_without_end_stop_at_the_bound(world: World) -> None:
    ((_, n_pages, is_whole, _, _),) = ask(world.snapshots[0], OF.format("endless"))
    assert (n_pages, is_whole) == (MAX_ARTICLE_PAGES, False)
    assert sum("/endless" in path for path in world.asked[0]) == MAX_ARTICLE_PAGES


def test_a_build_from_nothing_gives_what_the_builds_of_two_days_gave(world: World, tmp_path: Path) -> None:
    shutil.copytree(world.place.root, tmp_path / "w", symlinks=True)
    place = open_workspace(tmp_path / "w")
    build_workspace(place, full=True, workers=1)
    assert tables(place.latest) == tables(world.snapshots[1])


def test_a_quote_leads_to_the_page_that_it_stands_on(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    third = f"{world.url}/n/whole_3.html"
    assert run(["show", third, "--format", "json", "--workspace", str(world.place.root)]) == 0
    (shown,) = json.loads(capsys.readouterr().out)
    assert shown["url"] == f"{world.url}/n/whole.html"
    (law,) = [row for row in shown["evidence"] if row["kind"] == "law"]
    (fetch,) = ask(
        world.snapshots[0],
        "SELECT url, payload_sha256, warc_file, warc_offset FROM fetches WHERE url LIKE '%/whole_3.html'",
    )
    assert (law["url"], law["payload_sha256"], law["warc_file"], law["warc_offset"]) == fetch
    assert (law["url"], law["quote_original"]) == (third, TEXTS[4])


def held(place: Workspace, url: str) -> dict[str, list[tuple]]:
    """All that the newest snapshot holds of an article's text."""
    ((article_id,),) = ask(place.latest, f"SELECT article_id FROM articles WHERE url = '{url}'")
    named = (
        "articles",
        "article_pages",
        "originals",
        "sections",
        "lines_removed",
        "edits",
        "laws",
        "tip_sources",
    )
    questions = {
        name: f"SELECT * FROM {name} WHERE article_id = '{article_id}' ORDER BY ALL" for name in named
    }
    questions["articles"] = (
        f"SELECT text, text_sha256, n_chars, n_pages, is_whole FROM articles WHERE url = '{url}'"
    )
    return {name: ask(place.latest, question) for name, question in questions.items()}


def names(place: Workspace, words: str) -> bool:
    return any(words in repr(rows) for name, rows in tables(place.latest).items() if name != "takedowns")


def test_a_takedown_of_a_further_page_takes_its_text_and_of_the_first_page_takes_all(
    world: World, tmp_path: Path
) -> None:
    shutil.copytree(world.place.root, tmp_path / "w", symlinks=True)
    place = open_workspace(tmp_path / "w")
    first, second, third = (f"{world.url}/n/whole{end}.html" for end in ("", "_2", "_3"))
    place.takedowns.write_text(f'[[takedown]]\nurl = "{second}"\n', encoding="utf-8")
    ensure_applied(place)
    assert not names(place, second)
    at_once = held(place, first)
    assert at_once["articles"][0][0] == "\n".join(TEXTS[:2]) and not at_once["laws"]
    build_workspace(place, workers=1)
    assert not names(place, second)
    assert held(place, first) == at_once
    assert ask(place.latest, OF.format("whole_3")) == [("\n".join(TEXTS[4:]), 1, True, 1, True)]
    place.takedowns.write_text(f'[[takedown]]\nurl = "{first}"\n', encoding="utf-8")
    build_workspace(place, workers=1)
    assert not names(place, first)
    gone = f"SELECT url, reason FROM drops WHERE url IN ('{second}', '{third}') ORDER BY url"
    assert ask(place.latest, gone) == [(second, "continuation"), (third, "continuation")]


def saved(place: Workspace, name: str, files: dict[str, str], *, addressed: str = "") -> None:
    """Pages saved as files, then imported."""
    folder = place.root.parent / name
    folder.mkdir()
    for file, html in files.items():
        address = f'<link rel="canonical" href="{addressed}{file}">' if addressed else ""
        (folder / file).write_text(address + html, encoding="utf-8")
        os.utime(folder / file, (SAVED_AT, SAVED_AT))
    import_paths(place, {}, [folder])


def test_without_its_first_page_a_page_stands_alone_and_when_that_comes_only_their_parts_are_made_again(
    tmp_path: Path,
) -> None:
    place = workspace_in(tmp_path / "w")
    pager = '<a href="1.html">1</a><a href="1_3.html">下一页</a>'
    last = page(TEXTS[3:], '<a href="1.html">1</a>')
    saved(place, "later", {"1_2.html": page(TEXTS[:3], pager), "1_3.html": last})
    saved(place, "other", {"9.html": page(OTHER, title=OTHER_TITLE)})
    build_workspace(place, workers=1)
    question = "SELECT url, n_pages, text FROM articles WHERE is_current AND title = '{}'"
    assert ask(place.latest, question.format(TITLE)) == [("urn:yuqi:imported:1_2.html", 2, ALL)]
    before = {path.name for path in (place.parts / "article").iterdir()}
    saved(place, "first", {"1.html": page(OTHER[:2], '<a href="1_2.html">2</a>')})
    build_workspace(place, workers=1)
    text = "\n".join((*OTHER[:2], *TEXTS))
    assert ask(place.latest, question.format(TITLE)) == [("urn:yuqi:imported:1.html", 3, text)]
    after = {path.name for path in (place.parts / "article").iterdir()}
    assert (len(before), len(after), len(before & after)) == (2, 3, 1)


def test_what_the_pages_of_one_article_repeat_is_no_furniture_of_the_site(tmp_path: Path) -> None:
    place = workspace_in(tmp_path / "w")
    intro = "本文分几页介绍逾期之后可以采取的办法，供借款人参考，请逐页阅读。"
    files = {
        "1.html" if n == 1 else f"1_{n}.html": page((intro, text), f'<a href="1_{n + 1}.html">下一页</a>')
        for n, text in enumerate(TEXTS, 1)
    }
    files |= {f"{n}.html": page(OTHER[n % 2 :: 2], title=f"{OTHER_TITLE}{n}") for n in (7, 8)}
    saved(place, "pages", files, addressed="http://a.example.com/n/")
    build_workspace(place, workers=1)
    assert ask(place.latest, "SELECT text FROM articles WHERE url LIKE '%/1.html'") == [
        ("\n".join((intro, *TEXTS)),)
    ]
