"""A page from the archive: its words are there, and nothing on it runs, loads or is sent."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from crawl_server import local_site, workspace_in
from effort import within
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from crawler.crawl import CrawlOptions, crawl
from crawler.page import Page
from pipeline.inert import ADDRESSES, ATTRIBUTES, KEPT, inert
from yuqi.cli import run

HARMLESS = KEPT | {"html", "head", "body", "meta", "title"}
CARRIED = ATTRIBUTES | {"style", "charset", "http-equiv", "content", "name"} | {
    f"data-{name}" for name in ADDRESSES.values()
}  # fmt: skip
PHONE = "13800138000"
ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img src=1 onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=//evil.example.com ping=//evil.example.com>x</a>",
    "<iframe src=http://example.com></iframe>",
    "<meta http-equiv=refresh content='0;url=http://example.com'>",
    "<base href=http://example.com><link rel=stylesheet href=x.css>",
    "<p style='background:url(http://example.com/x)'>x</p>",
    "<p style='b\\61ckground:u\\72l(//example.com)'>x</p>",
    "<form action=http://example.com><input name=a autofocus onfocus=alert(1)><button>x</button></form>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<p title='\"><script>alert(1)</script>'>x</p>",
    "<template><script>alert(1)</script></template>",
    "<video poster=http://example.com/x.jpg><source src=x></video>",
    "<style>@import 'http://example.com/x.css'</style>",
    "<xmp><script>alert(1)</script></xmp><plaintext><script>alert(1)</script>",
    "\x1b[2J\x9b31m<p>\u202eabc</p>",
]  # fmt: skip


BOMBS = ["<div>" * 100_000, "<b a=1>" * 20_000, "<select>" + "<option>一" * 20_000]


def page(html: str, content_type: str = "text/html; charset=utf-8") -> Page:
    payload = html.encode("utf-8", errors="replace")
    at = datetime(2026, 1, 2, tzinfo=UTC)
    return Page("f-1", "s", "http://example.com/1.html", at, 200, content_type, payload, "0" * 64, True)


def nothing_acts(html: str) -> None:
    for node in LexborHTMLParser(html).css("*"):
        assert node.tag in HARMLESS, node.html
        assert set(node.attributes) <= CARRIED, node.html
        assert "(" not in (node.attributes.get("style") or "")
    assert not re.search(r"\s(?:src|href|on\w+|action|background|srcset)\s*=", re.sub(r'"[^"]*"', '""', html))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", html)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_is_left_of_a_page_and_its_words_are(attack: str) -> None:
    shown = inert(page(f"<html><body><h1>逾期之后</h1>{attack}<p>先核对账单</p></body></html>"))
    nothing_acts(shown)
    assert "逾期之后" in shown and "default-src 'none'" in shown


@given(st.text(alphabet=st.sampled_from(list("<>/\"'=! abpimgscriptonhrefstyle:;(\\-\x1b账")), max_size=200))
def test_no_markup_gets_through(html: str) -> None:
    nothing_acts(inert(page("<p>" + html)))


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_page_takes_long_to_show(bomb: str) -> None:
    with within(5):
        inert(page(bomb))


def test_text_stays_text_and_bytes_are_not_shown() -> None:
    assert "&lt;某&gt;" in inert(page("先看 <某> 再说", "text/plain"))
    pdf = replace(page("", "application/pdf"), payload=bytes(range(256)) * 99)
    assert "not shown" in inert(pdf)


def test_show_archived_prints_the_page_as_it_was_then(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = workspace_in(tmp_path)
    where = ["--workspace", str(workspace.root)]
    with local_site("127.0.6.1") as site:
        site.html("/", f"<title>甲</title><p onclick=x()>旧文 {PHONE}</p><script>track()</script>")
        crawl(workspace, [site.site()])
        site.text("/", "", status=404)
        crawl(workspace, [site.site()], CrawlOptions(all=True))
        url = f"{site.url}/"
    assert run(["show", url, "--archived", *where]) == 0
    said = capsys.readouterr()
    assert f"旧文 {PHONE}" in said.out and "track" not in said.out and "Personal data" in said.err
    nothing_acts(said.out)
    assert run(["show", url, "--archived", "--format", "json", *where]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["warc_file"].endswith(".warc.gz") and row["http_status"] == 200
    workspace.takedowns.write_text(f'[[takedown]]\nurl = "{url}"\nreason = "asked"\n', encoding="utf-8")
    assert run(["show", url, "--archived", *where]) == 2
    assert PHONE not in capsys.readouterr().out
    assert run(["show", "http://example.com/none", "--archived", *where]) == 2
