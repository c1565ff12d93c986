"""`yuqi status` names the articles that a person should look at."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from invented_corpus import default_articles, make_corpus

from crawler.workspace import Workspace
from pipeline.store.low_confidence import LOW_CONFIDENCE, ForReview, for_review
from pipeline.store.reader import open_latest
from yuqi.cli import run


def make(folder: Path, *confidences: float) -> Workspace:
    """Articles of site0 … site3 in turn, the first with these confidences, the rest with 1."""
    told = default_articles()
    changed = [
        replace(one, more={**one.more, "confidence": value, "extractor": "one-pass"})
        for one, value in zip(told, confidences, strict=False)
    ]
    return make_corpus(folder, [*changed, *told[len(confidences) :]])


def test_low_confidence_is_counted_by_site_and_the_lowest_are_named(tmp_path: Path) -> None:
    with open_latest(make(tmp_path, 0.4, 0.5, 0.9, 0.1, 0.2)) as connection:
        found = for_review(connection, 1)
    assert {site: one.articles for site, one in found.items()} == {"site0": 2, "site3": 1}
    (lowest,) = found["site0"].lowest
    assert lowest["confidence"] == 0.2 and lowest["extractor"] == "one-pass"
    assert lowest["url"] == "http://site0.example.com/4.html"
    assert found.get("site1", ForReview()).articles == 0 and LOW_CONFIDENCE == 0.5


@pytest.fixture
def known(tmp_path: Path) -> Workspace:
    """With a site that the frontier knows, too."""
    place = make(tmp_path, 0.25)
    (place.sites / "site0.toml").write_text('start = ["http://site0.example.com/"]\n', encoding="utf-8")
    return place


def test_status_prints_them_in_a_table_and_as_data(
    known: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    root = ("--workspace", str(known.root))
    assert run(["status", "--format", "json", *root]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["low_confidence"] == 1 and row["lowest_confidence"][0]["url"].endswith("/0.html")
    assert run(["status", "--lang", "en", *root]) == 0
    told = capsys.readouterr().out
    assert "0.25  one-pass  http://site0.example.com/0.html" in told and "lowest_confidence" not in told


def test_nothing_is_said_before_there_is_a_build(
    known: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    known.latest.unlink()
    assert run(["status", "--format", "json", "--workspace", str(known.root)]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["low_confidence"] is None and row["lowest_confidence"] == []
