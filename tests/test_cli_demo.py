"""The demo, and everyday commands in the workspace that it leaves."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from yuqi.cli import run

MARK = "SYNTHETIC 合成样本"


@dataclass(frozen=True)
class Demo:
    root: str
    told: str


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo") / "d"
    # capsys is not to be had in a module's fixture
    with pytest.MonkeyPatch.context() as patch:
        said: list[str] = []
        patch.setattr("click.echo", lambda text="", err=False, **_: said.append(str(text)))
        patch.setattr(
            "builtins.print",  # what a library prints into a buffer of its own is not said
            lambda *text, file=None, **_: None if file else said.append(" ".join(map(str, text))),
        )
        assert run(["demo", str(folder), "--pages", "24", "--lang", "en"]) == 0
    return Demo(str(folder), "\n".join(said))


def test_the_demo_adds_up_and_is_marked(demo: Demo) -> None:
    pages, articles, drops = map(
        int, re.findall(r"pages (\d+) = articles (\d+) \+ drops (\d+)", demo.told)[0]
    )
    assert pages == articles + drops
    assert articles >= 24
    assert demo.told.startswith(MARK)
    assert f"Platforms named in articles · {MARK}" in demo.told


def test_the_next_commands_work_as_they_are_printed(demo: Demo, capsys: pytest.CaptureFixture[str]) -> None:
    following = [line.split(" show ")[1].split() for line in demo.told.splitlines() if " show " in line]
    assert len(following) == 2
    for arguments in following:
        assert run(["show", *arguments]) == 0
        told = capsys.readouterr().out
        assert MARK in told
        assert "archive/" in told


def test_every_lender_is_an_invented_one(demo: Demo, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "platforms", "--format", "json", "--workspace", demo.root]) == 0
    told = capsys.readouterr()
    assert all(row["platform_id"].startswith("sample-") for row in json.loads(told.out))
    assert MARK in told.err


def test_building_again_changes_nothing(demo: Demo, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "--workspace", demo.root, "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["published"] is False
    assert row["pages"] == row["articles"] + sum(row["drops"].values())


def test_status_and_runs_tell_of_the_crawl(demo: Demo, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["runs", "--format", "json", "--workspace", demo.root]) == 0
    assert {row["kind"] for row in json.loads(capsys.readouterr().out)} >= {"crawl", "build"}
    assert run(["status", "--format", "json", "--workspace", demo.root]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert all(row["pages"] and row["last_run"] for row in rows)
    assert run(["crawl", "--dry-run", "--all", "--format", "json", "--workspace", demo.root]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert plan
    assert run(["status", "--url", plan[0]["url"], "--format", "json", "--workspace", demo.root]) == 0
    assert json.loads(capsys.readouterr().out)[0]["why"]


def test_a_folder_that_is_no_demo_is_refused_and_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    assert run(["demo", str(tmp_path)]) == 2
    assert run(["init", str(tmp_path)]) == 0
    assert run(["demo", str(tmp_path)]) == 2
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "mine"
