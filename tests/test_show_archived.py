"""The archived page beside what was made of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from invented_corpus import make_corpus

from yuqi.cli import run

BODY = "催收的电话在还款日之后的第三天打来，对方报出了借款人的姓名和单位，语气很不客气。"


def test_an_archived_page_has_every_line_and_no_telephone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    body = "".join(f"<p>第{m}段。{BODY}</p>" for m in range(4))
    html = f"<title>说法</title><h1>说法</h1><div>{body}</div><div>联系电话：13800138000</div>"
    html += "<script>x()</script>"
    (pages / "a.html").write_text(html, encoding="utf-8")
    at = ["--workspace", str(tmp_path / "w")]
    assert run(["init", str(tmp_path / "w")]) == 0
    assert run(["import", str(pages), *at]) == 0
    assert run(["build", *at]) == 0
    capsys.readouterr()
    assert run(["show", "urn:yuqi:imported:a.html", "--archived", "--format", "json", *at]) == 0
    told = capsys.readouterr().out
    (thing,) = json.loads(told)
    assert any("[PHONE]" in line for line in thing["archived"]["lines"])
    assert "13800138000" not in told
    assert "x()" not in told
    assert thing["archived"]["payload_sha256"] == thing["payload_sha256"]


def test_only_an_article_has_an_archived_page(tmp_path: Path) -> None:
    root = str(make_corpus(tmp_path).root)
    assert run(["show", "星蓝贷", "--archived", "--workspace", root]) == 2
