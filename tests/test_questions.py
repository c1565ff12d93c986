"""The worked questions and the notebook of the documentation, run as a reader would."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from invented_corpus import make_corpus

from crawler.workspace import Workspace
from pipeline.store.query import ask, check_statement
from pipeline.store.reader import open_latest
from pipeline.store.reports import Filter, report

DOCS = Path(__file__).parents[1] / "docs"
QUESTIONS = re.findall(
    r"^## \d+\. (.+?)\n```sql\n(.+?)```", (DOCS / "questions.md").read_text(encoding="utf-8"), re.S | re.M
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_corpus(tmp_path_factory.mktemp("corpus"))


def test_there_are_eleven() -> None:
    assert len(QUESTIONS) == 11


@pytest.mark.parametrize("query", [query for _, query in QUESTIONS], ids=[said for said, _ in QUESTIONS])
def test_every_worked_question_has_an_answer(query: str, workspace: Workspace) -> None:
    with open_latest(workspace) as connection:
        check_statement(connection, query)
        assert connection.sql(query).fetchall()


def test_a_worked_question_is_answered_as_a_reader_asks_it(workspace: Workspace) -> None:
    columns, rows = ask(workspace.latest.resolve(), QUESTIONS[0][1])
    assert columns
    assert rows


def test_the_notebook_draws_the_ranking_of_the_report(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_latest(workspace) as connection:
        found = report(connection, "platforms", Filter())
    monkeypatch.setenv("YUQI_SNAPSHOT", str(workspace.latest))
    held: dict[str, Any] = {}
    notebook = json.loads((DOCS / "ranking.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), "ranking.ipynb", "exec"), held)
    try:
        ranked = [row["platform_id"] for row in found.rows[: found.ranked]]
        assert held["ranking"] == ranked
        assert [row[0] for row in held["rows"]] == [row["platform_id"] for row in found.rows]
        assert ElementTree.fromstring(held["drawing"]._repr_svg_()).tag.endswith("svg")
    finally:
        held["corpus"].close()
