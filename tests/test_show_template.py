"""`yuqi show TEMPLATE`: skeleton, slots, who fills them, where copies differ; own sentences of a story."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from invented_corpus import default_articles, make_corpus
from invented_rows import CUE

from crawler.workspace import Workspace
from yuqi.cli import run

TEMPLATE = "t-000000000001"
HOSTILE = "\x1b]0;x\x07\x9b31m\u202e|`<b>"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_corpus(tmp_path_factory.mktemp("corpus"))


def shown(place: Workspace, what: str, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    assert run(["show", what, "--workspace", str(place.root), *more]) == 0
    return capsys.readouterr().out


def as_json(place: Workspace, what: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    (thing,) = json.loads(shown(place, what, capsys, "--format", "json"))
    return dict(thing)


def taken_down(place: Workspace, url: str) -> None:
    place.takedowns.parent.mkdir(exist_ok=True)
    place.takedowns.write_text(f'[[takedown]]\nurl = "{url}"\n', encoding="utf-8")


def test_a_template_has_slots_fillers_sites_and_versions_that_are_slices_of_texts(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    thing = as_json(workspace, TEMPLATE, capsys)
    (slot,) = thing["slots"]
    assert (slot["slot"], slot["n_stories"], slot["n_fillers"]) == ("platform", 2, 2)
    assert [filler["platform_id"] for filler in slot["fillers"]] == ["xinglan-dai", "maiyu-jinrong"]
    assert {site["site_id"] for site in thing["found_on"]} == {"site0", "site1"}
    assert thing["first_seen_at"] == "2024-05-01T08:00:00Z"
    (sentence,) = thing["sentences"]
    assert {version["text"] for version in sentence["versions"]} == {
        f"逾期后{name}可能{CUE}，请先保留证据。" for name in ("星蓝贷", "麦屿金融")
    }
    assert "逾期后【星蓝贷】可能" in sentence["versions"][1]["marked"] + sentence["versions"][0]["marked"]


def test_people_see_it_in_their_language_and_without_colour(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    zh = shown(workspace, TEMPLATE, capsys, "--lang", "zh")
    en = shown(workspace, TEMPLATE, capsys, "--lang", "en")
    for part in ("■ 填空与填入内容", "【平台】 ×1 处，2 种", "2/2", "首次抓取 2024-05-01"):
        assert part in zh
    for part in ("■ slots and who fills them", "麦屿金融 (maiyu-jinrong) 1", "first seen 2024-05-01"):
        assert part in en
    assert "\x1b" not in zh + en


def test_versions_in_other_words_stand_below_the_wording_with_their_differences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = [
        replace(t, text=t.text.replace("请先", "务必")) if t.template and t.subject == "xinglan-dai" else t
        for t in default_articles()
    ]
    said = shown(make_corpus(tmp_path, told), TEMPLATE, capsys)
    assert "【星蓝贷】" in said
    assert "[-请先-]{+务必+}保留证据。" in said


def test_lists_are_cut_where_the_limit_says_and_say_so(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    said = shown(workspace, TEMPLATE, capsys, "--limit", "1", "--lang", "en")
    assert "… 1 of 2 shown" in said
    assert "1 more" in said


def test_what_a_page_fills_in_cannot_move_the_cursor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = [replace(t, text=t.text + HOSTILE + "。") if t.template else t for t in default_articles()]
    place = make_corpus(tmp_path, told)
    for form in ("table", "markdown", "csv", "json", "jsonl"):
        assert not set(shown(place, TEMPLATE, capsys, "--format", form)) & set("\x1b\x07\x9b\u202e")


def test_a_story_and_its_article_show_their_own_sentences(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    story = as_json(workspace, "s-000000000001", capsys)
    (own,) = story["own_sentences"]
    assert own["text"] == f"我是第1位写信的人，逾期三天，星蓝贷就{CUE}。"
    assert as_json(workspace, story["representative_id"], capsys)["own_sentences"] == [own]
    assert own["text"] in shown(workspace, "s-000000000001", capsys, "--lang", "zh").split("独有的句子")[1]
    assert "own_sentences" not in as_json(workspace, "星蓝贷", capsys)


def test_what_is_taken_down_is_in_no_slot_and_no_version(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = make_corpus(tmp_path)
    gone = next(t for t in default_articles() if t.template and t.subject == "xinglan-dai")
    taken_down(place, gone.url)
    thing = as_json(place, TEMPLATE, capsys)
    assert [filler["surface"] for filler in thing["slots"][0]["fillers"]] == ["麦屿金融"]
    assert {v["article_id"] for s in thing["sentences"] for v in s["versions"]} == {
        t.id for t in default_articles() if t.template and t.url != gone.url
    }


def test_a_skeletons_words_go_with_the_page_that_they_are_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = make_corpus(tmp_path)
    taken_down(place, "http://site0.example.com/t0.html")
    thing = as_json(place, TEMPLATE, capsys)
    assert thing["sentences"] == []
    assert thing["skeleton"] == ""


def test_unknown_names_are_reported_with_their_counts_and_the_words_around_them(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", "unknown-platforms", "--format", "json", "--workspace", str(workspace.root)]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert [row[key] for key in ("name", "pages", "stories", "sites", "operators")] == [
        "写信的人",
        6,
        6,
        4,
        3,
    ]
    assert "位写信的人，" in row["quote"]
