"""What a page of a farm, a stranger's request or another web site may try: all of it stays words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from explorer_client import BASE, Page, client, file
from explorer_hostile import ATTACKS, PHONE, hostile_workspace
from invented_corpus import default_articles, make_corpus
from invented_rows import Told
from starlette.applications import Starlette
from starlette.testclient import TestClient

from crawler.workspace import Workspace
from explorer.app import explorer
from yuqi.serving import said_as_reports_are

OWN_SCRIPTS = {"/static/htmx.min.js", "/static/explorer.js"}
SHARED = (
    "/", "/evidence", "/platform/xinglan-dai", "/reports/templates", "/reports/sites", "/reports/practices",
    f"/search?q={quote('保留')}", f"/search?q={quote('<script>alert(1)</script>')}", "/method", "/download",
    "/reports/unknown-platforms", "/platform/" + quote("<script>alert(1)</script>", safe=""),
    "/?platform=" + quote("<svg onload=alert(2)>"), "/article/" + quote("javascript:alert(5)", safe=""),
    "/" + quote("\"><script>alert(1)</script>"),
)  # fmt: skip
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return hostile_workspace(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def served(workspace: Workspace) -> tuple[Starlette, str]:
    return explorer(workspace, said_as_reports_are(workspace))


@pytest.fixture(scope="module")
def asked(served: tuple[Starlette, str]) -> Iterator[TestClient]:
    with TestClient(served[0], base_url=BASE) as held:
        yield held


@pytest.fixture(scope="module")
def urls(asked: TestClient) -> list[str]:
    held = file(asked, f"/search?q={quote('好几个晚上')}")["rows"]
    assert len(held) > len(ATTACKS)
    own = [
        url
        for row in held
        for url in (f"/article/{row['article_id']}?at=title:0-9", f"/story/{row['story_id']}")
    ]
    return [*SHARED, *own]


def inert(text: str, url: str) -> None:
    for tag, attributes in Page(text).elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (url, tag)
        assert tag not in ("iframe", "object", "embed", "base", "img", "style", "animate"), url
        if tag == "script":
            assert attributes.get("src") in OWN_SCRIPTS, url
        for name in ("href", "src", "action"):
            link = attributes.get(name) or ""
            assert link.startswith(("/", "#", "http://", "https://")) or not link, (url, link)
    assert not set(BIDI) & set(text), url


def test_nothing_that_a_page_says_acts_anywhere(asked: TestClient, urls: list[str]) -> None:
    for url in urls:
        response = asked.get(url)
        assert response.status_code in (200, 400, 404), url
        inert(response.text, url)


def test_the_attacks_are_there_as_words(asked: TestClient) -> None:
    said = asked.get(f"/search?q={quote('照登如上')}").text
    for attack in ("&lt;script&gt;alert(1)", "onerror=alert(4)", "{{ 7*7 }}", "{% for x in"):
        assert attack in said, attack
    assert "49" not in said.partition("{{ 7*7 }}")[0][-20:]


def test_a_title_of_a_megabyte_makes_no_page_long(asked: TestClient, urls: list[str]) -> None:
    for url in urls:
        assert len(asked.get(url).content) < 1_500_000, url
    for url in ("/", "/evidence", f"/search?q={quote('很长')}"):
        assert len(asked.get(url).content) < 200_000, url


def test_a_title_of_a_megabyte_in_a_store_is_cut_on_every_page(tmp_path: Path) -> None:
    first, *rest = default_articles()
    long = Told(**{**vars(first), "title": "<b>长" * 300_000})
    with client(make_corpus(tmp_path, [long, *rest])) as held:
        for url in ("/evidence", f"/article/{long.id}", f"/story/{long.story}", "/search?q=" + quote("长")):
            response = held.get(url)
            assert response.status_code == 200 and len(response.content) < 1_500_000, (
                url,
                len(response.content),
            )
            inert(response.text, url)


def test_a_formula_stays_words_in_a_file_for_spreadsheets(asked: TestClient) -> None:
    for extra in ("", "&excel=1"):
        text = file(asked, f"/search?q={quote('HYPERLINK')}{extra}", form="csv").removeprefix("\ufeff")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert rows and not [
            cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "@"))
        ]
        assert any(row["title"].startswith("'=") for row in rows)


def test_archived_pages_are_redacted_for_everybody_but_the_operator(served: tuple[Starlette, str]) -> None:
    app, private = served
    url = "/article/" + quote("http://farm.example.com/phone.html", safe="")
    stranger, operator = TestClient(app, base_url=BASE), TestClient(app, base_url=BASE)
    said = stranger.get(url)
    assert PHONE not in said.text and "[PHONE]" in said.text and "编辑部照登如上" in said.text
    stranger.cookies.set("yuqi-operator", "guessed")
    assert PHONE not in stranger.get(url).text
    assert stranger.get("/operator-session?key=guessed").status_code == 403
    assert operator.get(private).status_code == 200
    said = operator.get(url)
    assert PHONE in said.text and said.headers["cache-control"] == "no-store"
    assert "SameSite=strict" in operator.get(private, follow_redirects=False).headers["set-cookie"]


@pytest.mark.parametrize(
    "host",
    [
        "evil.example.com",
        "127.0.0.1.evil.example.com",
        "",
        "a@127.0.0.1",
        "[",
        "127.0.0.1/x",
        "localhost.",
        "0",
    ],
)
def test_a_strange_host_is_not_served(asked: TestClient, host: str) -> None:
    assert asked.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1:8321", "localhost", "LOCALHOST:1", "[::1]:8321"])
def test_this_machine_is_served(asked: TestClient, host: str) -> None:
    assert asked.get("/runs", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
def test_only_reading_is_answered(asked: TestClient, method: str) -> None:
    assert asked.request(method, "/").status_code == 405
    assert asked.head("/runs").status_code == 200


@pytest.mark.parametrize(
    "url", ["/", "/nothing", "/?limit=0", "/static/htmx.min.js", "/static/../app.py", "/runs?format=csv"]
)
def test_every_answer_carries_the_policy(asked: TestClient, url: str) -> None:
    headers = asked.get(url).headers
    assert headers["content-security-policy"].startswith(
        "default-src 'none'; script-src 'self'; style-src 'self'"
    )
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"


def test_no_file_outside_the_static_folder_is_given(asked: TestClient) -> None:
    for path in (
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static//etc/passwd",
        "/static/..%2f..%2fpyproject.toml",
    ):
        assert asked.get(path).status_code in (400, 404), path


def test_a_query_too_long_and_one_of_noise_do_no_harm(asked: TestClient) -> None:
    assert asked.get("/?q=" + "x" * 5000).status_code == 414
    for noise in ("%00", "%ff%fe", "%ed%a0%80", "%e2%80%ae", "'; DROP TABLE articles; --"):
        for name in ("q", "platform", "site", "sort", "at", "snapshot"):
            path = "/search" if name == "q" else "/"
            assert asked.get(f"{path}?{name}={noise}").status_code in (200, 400, 410), (name, noise)
