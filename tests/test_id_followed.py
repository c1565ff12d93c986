"""An id of an older snapshot leads to those of today, whatever happened in between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from explorer_client import client
from invented_corpus import make_corpus, to_change

from crawler.workspace import Workspace
from pipeline.store.load import insert
from pipeline.store.reader import open_latest
from pipeline.tables.copies import IdChange
from yuqi.cli import run

QUESTIONS = (Path(__file__).parents[1] / "docs" / "questions.md").read_text(encoding="utf-8")
ASKED = "s-000000000001"  # in the document, and alive in the invented corpus
CHANGES = [
    IdChange("story", "s-a00000000000", "s-b00000000000", "merged", "20240102T000000Z"),
    # Before that: what left the other story then was never of the first one
    IdChange("story", "s-b00000000000", "s-000000000003", "split", "20240101T000000Z"),
    IdChange("story", "s-b00000000000", "s-000000000001", "split", "20240104T000000Z"),
    IdChange("story", "s-b00000000000", "s-000000000002", "split", "20240104T000000Z"),
    IdChange("story", "s-c00000000000", "s-d00000000000", "merged", "20240102T000000Z"),
    IdChange("operator", "op-a00000000000", "op-000000000001", "merged", "20240102T000000Z"),
]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    place = make_corpus(tmp_path_factory.mktemp("corpus"))
    with to_change(place) as store:
        insert(store, IdChange, CHANGES)
    yield place


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("s-a00000000000", "was merged; see s-000000000001, s-000000000002"),
        ("s-b00000000000", "was split; see s-000000000001, s-000000000002, s-000000000003"),
        ("op-a00000000000", "was merged; see op-000000000001"),
        ("s-c00000000000", "was merged; what it became has ended too"),
    ],
)
def test_an_id_that_ended_leads_to_those_that_hold_its_members_today(
    old: str, said: str, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["show", old, "--workspace", str(workspace.root)]) == 2
    assert capsys.readouterr().err == f"yuqi: {old} {said}\n"


def test_the_question_of_the_documentation_follows_it_as_well(workspace: Workspace) -> None:
    (query,) = re.findall(rf"```sql\n([^`]*'{ASKED}'[^`]*)```", QUESTIONS)
    with open_latest(workspace) as corpus:
        found = corpus.sql(query.replace(ASKED, "s-a00000000000")).fetchall()
        living = corpus.sql(query).fetchall()
    assert [row[0] for row in found] == ["s-000000000001", "s-000000000002"]
    assert [row[0] for row in living] == [ASKED]


def test_the_explorer_leads_there_too(workspace: Workspace) -> None:
    # The last here: it holds the snapshot open, which nobody of its process may open otherwise then
    asked, english = client(workspace), {"Accept-Language": "en"}
    merged, ended = (asked.get(f"/story/s-{old}00000000000", headers=english) for old in "ac")
    assert merged.status_code == ended.status_code == 404
    assert "see s-000000000001, s-000000000002" in merged.text
    assert "what it became is not in this snapshot either" in ended.text
