"""A snapshot that older code made: who reads it hears so in one line, and what must go on goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from explorer_client import client
from invented_corpus import default_articles, make_corpus, to_change
from invented_rows import SNAPSHOT

from crawler.takedowns import Takedown, add_takedowns
from crawler.workspace import Workspace
from pipeline.store.age import OlderStoreError
from pipeline.store.takedown import apply_everywhere
from yuqi.cli import run

SAID = f"snapshot {SNAPSHOT} was made by an older yuqi"
OLDER = {
    "a table": ("DROP TABLE standing_answers",),
    "a column": ("ALTER TABLE counted_kinds DROP own",),
    "a view": ("DROP VIEW platform_counts",),
}  # fmt: skip


@pytest.fixture(params=OLDER)
def workspace(tmp_path: Path, request: pytest.FixtureRequest) -> Workspace:
    place = make_corpus(tmp_path)
    with to_change(place) as store:
        for statement in OLDER[request.param]:
            store.execute(statement)
    return place


@pytest.mark.parametrize(
    "asked",
    ["report platforms", "report laws", "show xinglan-dai", "search 逾期", "review --sample 3 --out x.csv"],
)
def test_who_reads_it_is_told_to_build_again(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace.root)
    assert run([*asked.split(), "--workspace", str(workspace.root)]) == 1
    told = capsys.readouterr()
    assert SAID in told.err and "`yuqi build`" in told.err and told.err.count("\n") == 1
    assert not told.out


def test_the_explorer_says_so(workspace: Workspace) -> None:
    with client(workspace) as asked:
        answer = asked.get("/")
        assert answer.status_code == 503 and SAID in answer.text


def test_what_must_go_on_before_anybody_builds_goes_on(workspace: Workspace) -> None:
    for asked in (["status"], ["sql", "SELECT count(*) FROM articles", "--timeout", "300"]):
        assert run([*asked, "--workspace", str(workspace.root)]) == 0


def test_a_takedown_that_cannot_be_applied_is_no_riddle(tmp_path: Path) -> None:
    place = make_corpus(tmp_path)
    with to_change(place) as store:
        store.execute("DROP TABLE standing_answers")
    add_takedowns(place.takedowns, [Takedown(url=default_articles()[0].url)])
    with pytest.raises(OlderStoreError, match=SAID):
        apply_everywhere(place)
