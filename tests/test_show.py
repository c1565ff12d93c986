"""From a figure to its quote, its page and its archived record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from invented_corpus import make_corpus
from invented_rows import Told

from crawler.workspace import Workspace
from pipeline.store.evidence import COLUMNS, around, evidence
from pipeline.store.look_up import Thing, look_up, shown
from pipeline.store.reader import open_latest
from yuqi.cli import run

UNSOURCED = "urn:yuqi:imported:a.txt"
HAN = re.compile(r"[\u4e00-\u9fff]")
FACT = re.compile(r"\w[\w（）,， -]*  +")  # a name, and its value behind some blanks


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_corpus(tmp_path_factory.mktemp("corpus"))


@pytest.fixture
def corpus(workspace: Workspace) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_latest(workspace) as connection:
        yield connection


def as_json(
    workspace: Workspace, what: str, capsys: pytest.CaptureFixture[str], *more: str
) -> dict[str, Any]:
    assert run(["show", what, "--format", "json", "--workspace", str(workspace.root), *more]) == 0
    (thing,) = json.loads(capsys.readouterr().out)
    return dict(thing)


def test_everything_is_found_by_its_id_url_name_or_alias(corpus: duckdb.DuckDBPyConnection) -> None:
    article = look_up(corpus, UNSOURCED)
    assert article.kind == "article"
    assert look_up(corpus, article.id) == article
    assert look_up(corpus, "s-000000000001") == Thing("story", "s-000000000001")
    assert look_up(corpus, "t-000000000001") == Thing("template", "t-000000000001")
    assert look_up(corpus, "op-000000000001") == Thing("operator", "op-000000000001")
    assert look_up(corpus, "星蓝") == look_up(corpus, "xinglan-dai") == Thing("platform", "xinglan-dai")


@pytest.mark.parametrize("what", [UNSOURCED, "s-000000000001", "t-000000000001", "星蓝贷", "op-000000000001"])
def test_every_object_is_one_of_an_array_with_evidence(
    what: str, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = as_json(workspace, what, capsys)["evidence"]
    assert rows
    for row in rows:
        assert tuple(row)[: len(COLUMNS)] == COLUMNS
        assert row["url"]
        assert row["payload_sha256"]
        assert row["warc_file"] == "archive/a/a.warc.gz"
        assert isinstance(row["warc_offset"], int)
        assert row["rule"]


def test_a_quote_is_the_slice_of_its_field(corpus: duckdb.DuckDBPyConnection) -> None:
    ids = [row[0] for row in corpus.execute("SELECT article_id FROM articles").fetchall()]
    fields = {row[0]: {"title": row[1], "text": row[2]} for row in
              corpus.execute("SELECT article_id, title, text FROM articles").fetchall()}  # fmt: skip
    rows = evidence(corpus, ids)
    assert {row["kind"] for row in rows} == {"mention", "practice", "law", "tip"}
    for row in rows:
        said = fields[row["article_id"]][row["field"]][row["char_start"] : row["char_end"]]
        assert row["quote"].replace("［", "").replace("］", "") == said
        assert row["surface"] in said


def test_restored_words_are_marked_and_the_page_has_its_own_say(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    thing = as_json(workspace, UNSOURCED, capsys, "--original")
    quotes = {row["quote"]: row["quote_original"] for row in thing["evidence"]}
    assert quotes["问［题］也让人担心，鹤汀小贷从未说明。"] == "問也讓人擔心，鶴汀小貸從未說明。"
    assert thing["original"]["text"].startswith("問也讓人")
    assert [(edit["original"], edit["replacement"]) for edit in thing["edits"]] == [("", "题")]
    assert thing["title_body_conflict"] is True
    assert thing["lines_removed"] == [
        {"ordinal": 0, "reason": "contact", "text": "联系电话：[PHONE]", "page": 1}
    ]
    assert {"sections", "repair_notes", "versions", "confidence"} <= set(thing)


def test_a_platform_shows_one_article_a_story_own_allegations_first(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    thing = as_json(workspace, "星蓝贷", capsys)
    rows = thing["evidence"]
    assert len({row["story_id"] for row in rows}) == thing["stories"] == 7
    assert [row["own"] for row in rows[:6]] == [True] * 6
    assert rows[6]["assertion"] == "claimed-practice"
    assert all("星蓝贷" in row["quote"] for row in rows)
    assert thing["operator"] is None  # of low confidence


def test_an_operator_shows_pages_but_no_fingerprint(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    thing = as_json(workspace, "op-000000000001", capsys)
    assert [(row["site_id"], row["rule"], row["quote"]) for row in thing["evidence"]] == [
        ("site0", "shared-phone", None),
        ("site1", "shared-phone", None),
    ]
    assert [(row["place"], row["n_pages"], row["weight"]) for row in thing["evidence"]] == [
        ("furniture", 3, 0.8)
    ] * 2
    assert [(row["site_id"], row["pages"], row["shares"]) for row in thing["members"]] == [
        ("site0", 3, ["phone"]),
        ("site1", 3, ["phone"]),
    ]
    assert "f" * 32 not in json.dumps(thing)


def test_people_see_which_sites_an_operator_has_and_what_they_share(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["show", "op-000000000001", "--workspace", str(workspace.root)]) == 0
    told = capsys.readouterr().out
    assert "■ members (2)" in told
    assert "3 pages, 3 stories, 3 templates  shares phone" in told
    assert "shared-phone / no. 1 / site1 / furniture of 3 pages (100%) / says 0.8 by itself" in told


def test_a_template_shows_who_fills_it_in(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    thing = as_json(workspace, "t-000000000001", capsys)
    assert thing["platforms"] == ["maiyu-jinrong", "xinglan-dai"]
    assert [row["subjects"] for row in thing["articles"]] == [["maiyu-jinrong"], ["xinglan-dai"]]
    assert "【platform】" in thing["skeleton"]


def test_versions_say_what_changed(tmp_path: Path) -> None:
    old = Told("http://a.example.com/1", "a", "旧题", "第一句。\n第二句。", "s-1")
    workspace = make_corpus(tmp_path, [old])
    with open_latest(workspace) as connection:
        thing = shown(connection, look_up(connection, old.url), versions=True)
    assert thing["versions"][0]["changes"] == []
    assert thing["versions"][0]["text"] == old.text


def test_what_is_not_there_is_wrong_usage_and_says_why(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["show", "a-nothing", "--workspace", str(workspace.root)]) == 2
    assert "a-nothing" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["table", "markdown", "csv", "jsonl"])
@pytest.mark.parametrize("what", [UNSOURCED, "s-000000000001", "t-000000000001", "星蓝贷", "op-000000000001"])
def test_every_object_has_every_form(
    what: str, form: str, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        run(["show", what, "--original", "--versions", "--format", form, "--workspace", str(workspace.root)])
        == 0
    )
    assert "example" in (told := capsys.readouterr().out) or UNSOURCED in told


def test_people_see_quotes_edits_and_where_it_is_archived(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["show", UNSOURCED, "--workspace", str(workspace.root)]) == 0
    told = capsys.readouterr().out
    for part in (
        "问［题］也让人",
        "lacuna (certain)",
        "“” → “题”",
        "archive/a/a.warc.gz @",
        "[PHONE]",
        "not citable",
    ):
        assert part in told


def test_escape_sequences_of_a_page_do_not_reach_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = Told(
        "http://a.example.com/\x1b[2J",
        "a",
        "\x1b]0;x\x07星蓝贷",
        "\x9b31m星蓝贷\u202e。",
        "s-1",
        subject="xinglan-dai",
    )
    root = str(make_corpus(tmp_path, [evil]).root)
    for form in ("table", "markdown", "csv", "json"):
        assert run(["show", "xinglan-dai", "--format", form, "--workspace", root]) == 0
        assert not set(capsys.readouterr().out) & set("\x1b\x07\x9b\u202e")


@pytest.mark.parametrize(
    ("text", "span", "sentence"),
    [
        ("甲。乙说丙。丁", (3, 4), "乙说丙。"),
        ("甲\n乙", (2, 3), "乙"),
        ("甲乙\n丙", (0, 1), "甲乙"),
        ("甲。", (1, 2), "甲。"),
    ],
)
def test_the_sentence_around_a_finding(text: str, span: tuple[int, int], sentence: str) -> None:
    start, end = around(text, *span)
    assert text[start:end] == sentence


def test_a_text_without_a_full_stop_is_not_quoted_whole() -> None:
    start, end = around("字" * 5000, 2000, 2002)
    assert end - start < 250


@pytest.mark.parametrize("what", [UNSOURCED, "s-000000000001", "t-000000000001", "星蓝贷", "op-000000000001"])
def test_in_chinese_headings_and_facts_are_chinese(
    what: str, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["show", what, "--lang", "zh", "--workspace", str(workspace.root)]) == 0
    told = capsys.readouterr().out
    for line in told.splitlines():
        if line.startswith("■ ") or FACT.match(line):
            assert HAN.search(line.split("  ")[0]), line
    for english in (
        "fetched 2",
        "page: “",
        "not archived",
        "shares ",
        "not citable",
        " characters",
        "current",
    ):
        assert english not in told, english


def test_what_made_an_object_stands_with_it(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    made = as_json(workspace, UNSOURCED, capsys)["made_by"]
    assert (made["snapshot"], made["yuqi"], made["topic"]) == (
        workspace.latest.resolve().stem,
        "0.1.0",
        "overdue",
    )
    with open_latest(workspace) as corpus:
        asked = "SELECT f.run_id FROM fetches f JOIN articles a USING (fetch_id) WHERE a.url = ?"
        (known,) = corpus.execute(asked, [UNSOURCED]).fetchall()[:1] or [(None,)]
    assert made["run_id"] == known[0]
    assert run(["show", "星蓝贷", "--workspace", str(workspace.root)]) == 0
    assert f"snapshot {made['snapshot']}" in capsys.readouterr().out
