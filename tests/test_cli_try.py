"""One page, nothing stored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from yuqi.cli import run

TEXT = [
    "星蓝贷是一家虚构的平台，本文只为测试而写，文中没有任何真实的公司或个人，也没有真实发生过的事情。",
    "借款人逾期以后，平台通常会先发送短信提醒，再由客服人员拨打电话，询问什么时候能够还款，并记录下来。",
    "如果暂时没有能力偿还，可以主动说明情况，提出一个自己做得到的还款计划，双方商量以后再写成书面的约定。",
    "遇到不合理的要求时，应当保留好通话录音和聊天记录，需要的时候可以向有关部门反映，维护自己的合法权益。",
]
PAGE = (
    "<!doctype html><html lang='zh'><head><meta charset='utf-8'><title>星蓝贷逾期以后怎么办</title></head>"
    "<body>"
    "<div class='nav'><a href='/'>首页</a></div><article><h1>星蓝贷逾期以后怎么办</h1>"
    + "".join(f"<p>{line}</p>" for line in TEXT)
    + "</article></body></html>"
)


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b"User-agent: *\nDisallow: /private/\n" if self.path == "/robots.txt" else PAGE.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain" if self.path == "/robots.txt" else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed."""


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def tried(what: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert run(["try", what, "--format", "json", "--workspace", str(folder)]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    return dict(row)


def test_a_url_of_this_machine_that_somebody_names_is_tried_and_nothing_is_left(
    base: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = tried(f"{base}/a/12.html", tmp_path, capsys)
    assert row["robots"] == "robots.txt allows it"
    assert row["article"]["title"] == "星蓝贷逾期以后怎么办"
    assert row["article"]["text"].split("\n") == TEXT
    assert "article = '/a/\\d+\\.html$'" in row["draft"]
    assert not list(tmp_path.iterdir())


def test_a_page_that_robots_forbids_is_not_asked_for(
    base: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = tried(f"{base}/private/1.html", tmp_path, capsys)
    assert (row["robots"], row["reason"], row["article"]) == ("robots.txt forbids it", "robots", None)


def test_a_file_is_shown_beside_its_clean_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE, encoding="utf-8")
    assert run(["try", str(path), "--workspace", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert f"= {TEXT[1]}" in told
    assert "draft site file" in told


def test_bytes_that_are_no_page_are_a_reason_not_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(bytes(range(256)) * 20)
    assert tried(str(path), tmp_path, capsys)["reason"] in {
        "undecodable",
        "not-html",
        "no-article",
        "not-chinese",
    }


@pytest.mark.parametrize("what", ["nothing-here.html", "ftp://example.com/1"])
def test_what_is_neither_url_nor_file_is_wrong_usage(what: str, tmp_path: Path) -> None:
    assert run(["try", what, "--workspace", str(tmp_path)]) == 2


def test_a_stranger_is_not_asked_without_a_contact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("YUQI_CONTACT", raising=False)
    assert run(["try", "http://example.com/1.html", "--workspace", str(tmp_path)]) == 2
    assert "YUQI_CONTACT" in capsys.readouterr().err
