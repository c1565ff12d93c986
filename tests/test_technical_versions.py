"""A text that newer code reads differently is no change of the page, and is shown as what it is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from invented_corpus import default_articles, make_corpus

from crawler.workspace import Workspace
from pipeline.store.snapshot import point_to
from yuqi.cli import run

URL = default_articles()[0].url
FURNITURE = "以前的程序把这一行也当作正文。"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two snapshots of the same pages; the code of the first took a line more for text."""
    place = make_corpus(tmp_path)
    older, newer = place.latest.resolve(), place.snapshots / "29990101T000000Z.duckdb"
    shutil.copyfile(older, newer)
    older.chmod(0o644)
    with duckdb.connect(str(older)) as store:
        added = "UPDATE articles SET text = text || chr(10) || $line WHERE url = $url"
        store.execute(added, {"line": FURNITURE, "url": URL})
    point_to(place, newer)
    return place


def told(workspace: Workspace, url: str, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    assert run(["show", url, "--versions", "--format", "json", "--workspace", str(workspace.root)]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    return dict(row)


def test_the_same_page_read_by_newer_code_is_a_technical_version(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = told(workspace, URL, capsys)
    assert len(shown["versions"]) == 1  # type: ignore[arg-type]
    (technical,) = shown["technical_versions"]  # type: ignore[misc]
    assert technical["changes"] == [f"-{FURNITURE}"]
    assert technical["snapshot"] == "29990101T000000Z" and technical["article_id"] == shown["id"]


def test_what_no_code_changed_has_none(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(workspace, default_articles()[1].url, capsys)["technical_versions"] == []


def test_words_that_were_taken_down_are_not_shown_from_an_older_snapshot(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    other = default_articles()[2].url
    workspace.takedowns.write_text(f'[[takedown]]\nurl = "{other}"\nreason = "asked"\n', encoding="utf-8")
    assert told(workspace, URL, capsys)["technical_versions"] == []  # the older one still holds it
