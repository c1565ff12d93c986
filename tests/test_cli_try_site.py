"""What `yuqi try` makes of a whole site, and whether the file that it drafts is right."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from crawl_server import LocalSite, Reply, links, local_site

from crawler.page import Page
from crawler.sites import load_site
from yuqi.cli import run
from yuqi.selectors import Read, learn_layout
from yuqi.surveying import SAMPLES, SURVEY_REQUESTS, is_shell
from yuqi.trying import REQUESTS

NOW = datetime(2026, 5, 1, tzinfo=UTC)
LINES = (
    "借款人逾期以后，平台通常会先发送短信提醒，再由客服人员拨打电话询问还款时间。",
    "如果暂时没有能力偿还，可以主动说明情况，提出一个自己做得到的还款计划。",
    "遇到不合理的要求时，应当保留好通话录音和聊天记录，需要时向有关部门反映。",
)


def text(number: int) -> str:
    return "".join(f"<p>{line}（第{number}篇第{n}段）</p>" for n, line in enumerate(LINES * 2))


def page(number: int) -> str:
    menu = links("/", "/loan/list_1.html", "/about.html")
    beside = links(*(f"/loan/2024/{n}.html" for n in range(9)))
    return (
        f"<html><head><title>第{number}篇怎么办_样例站</title></head><body><div class='top'>{menu}</div>"
        f"<div class='wrap post-{number}'><h1>第{number}篇怎么办</h1>"
        f"<div class='entry-body'>{text(number)}</div><div class='side'>{beside}</div></div></body></html>"
    )


def farm(site: LocalSite) -> None:
    paths = [f"/loan/2024/{number}.html" for number in range(10, 22)]
    site.text("/robots.txt", "User-agent: *\nCrawl-delay: 0.1\nDisallow: /admin/\nSitemap: /maps.xml\n")
    feed = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    pager = "".join(f'<a href="/loan/list_{n}.html">{n}</a>' for n in range(2, 6))
    site.html("/", f"<html><head><title>样例站</title>{feed}</head><body>{links(*paths)}{pager}")
    items = "".join(f"<item><link>{site.url}{path}</link></item>" for path in paths)
    site.pages["/feed.xml"] = Reply(f"<rss><channel>{items}</channel></rss>".encode(), headers={})
    entries = "".join(f"<url><loc>{site.url}{path}</loc></url>" for path in paths)
    site.pages["/maps.xml"] = Reply(f"<urlset>{entries}</urlset>".encode(), headers={})
    for n in range(2, 6):
        site.html(f"/loan/list_{n}.html", f"<title>列表</title>{links(*paths)}{pager}")
    for number, path in enumerate(paths, 10):
        site.html(path, page(number))


def test_a_site_is_surveyed_and_its_drafted_file_is_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with local_site() as site:
        farm(site)
        assert (
            run(["try", f"{site.url}/loan/2024/12.html", "--format", "json", "--workspace", str(tmp_path)])
            == 0
        )
        asked = site.paths()
    (row,) = json.loads(capsys.readouterr().out)
    assert row["article"]["title"] == "第12篇怎么办"
    told = row["site"]
    assert (told["feeds"], told["sitemaps"]) == ([f"{site.url}/feed.xml"], [f"{site.url}/maps.xml"])
    assert len(set(told["articles"])) == 12 + 9 and len(told["pagers"]) == 5
    assert told["layout"] == {"title": "h1", "body": "div.entry-body"}
    assert len(asked) <= SURVEY_REQUESTS + REQUESTS + SAMPLES + 2 and "/admin/" not in asked
    path = tmp_path / "drafted.toml"
    path.write_text(row["draft"], encoding="utf-8")
    drafted = load_site(path)
    assert drafted.article == r"//[^/]+/loan/\d+/\d+\.html$"
    assert re.search(drafted.article, f"{site.url}/loan/2025/99.html")
    assert drafted.start == (f"{site.url}/",) and f"{site.url}/feed.xml" in row["draft"]
    uncommented = re.sub(
        r"^# (?=name|title|body)", "", row["draft"].replace("# [[layout]]", "[[layout]]"), flags=re.M
    )
    assert tomllib.loads(uncommented)["layout"][0]["body"] == "div.entry-body"


def test_the_home_page_of_a_site_says_what_the_site_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with local_site() as site:
        farm(site)
        assert run(["try", f"{site.url}/", "--workspace", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert "article_patterns" in told and "12: http" in told
    assert "\ndelay_seconds" not in told  # a tenth of a second is less than ours


def read(number: int, body: str) -> Read:
    plain = re.sub(r"<[^>]+>", "\n", text(number)).strip()
    return Read(f"<h1>题{number}</h1>{body}", f"题{number}", re.sub(r"\n+", "\n", plain))


SHELL = "<html><head><title>样例站</title></head><body>{}</body></html>"


def test_a_site_that_is_empty_without_its_scripts_is_drafted_to_be_rendered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with local_site() as site:
        site.html("/", SHELL.format("<div id='app'>加载中…</div><script src='/app.js'></script>"))
        assert run(["try", f"{site.url}/", "--format", "json", "--workspace", str(tmp_path)]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    file = tmp_path / "drafted.toml"
    file.write_text(row["draft"], encoding="utf-8")
    assert load_site(file).render is row["site"]["needs_scripts"] is True


@pytest.mark.parametrize("body", ["<div>加载中…</div>", f"<script src='/app.js'></script>{text(1)}"])
def test_a_short_page_without_scripts_and_a_whole_one_with_them_need_no_browser(body: str) -> None:
    payload = SHELL.format(body).encode()
    page = Page("f-1", "s", "http://example.com/", NOW, 200, "text/html", payload, "0" * 64, True)
    assert not is_shell(page)


def test_a_selector_holds_the_article_on_every_page_and_not_the_page_around_it() -> None:
    good = [
        read(n, f"<div class='a'><div class='b p-{n}00'>{text(n)}</div>{'<p>别的</p>' * 300}</div>")
        for n in range(3)
    ]
    assert learn_layout(good) == ("h1", "div.b")
    assert learn_layout(good[:2]) is None
    elsewhere = read(9, f"<div class='c'>{text(9)}</div><div class='b'>推荐</div>")
    assert learn_layout([*good, elsewhere]) is None
