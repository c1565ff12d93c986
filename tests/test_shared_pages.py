"""Real pages, saved as text: what the issue asks of them. Skipped where the pages are not at hand."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.workspace import open_workspace
from tests.stores import ask

SHARED = Path(__file__).parents[2] / "shared" / "pages"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the real pages are not at hand")
COMMAND = (sys.executable, "-m", "yuqi")


def yuqi(*arguments: str, log: bool = False) -> str:
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + (done.stderr if log else "")


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages") / "w"
    said = yuqi("init", str(folder), log=True)
    said += yuqi("import", "--unsourced", "--workspace", str(folder), str(SHARED), log=True)
    said += yuqi("build", "--workspace", str(folder), log=True)
    return open_workspace(folder), said


def test_the_report_names_four_platforms_and_no_allegation(imported):
    place, _ = imported
    rows = json.loads(yuqi("report", "platforms", "--workspace", str(place.root), "--format", "json"))
    assert {row["name"] for row in rows} == {"51信用卡", "51即刻有", "51金优贷", "及贷"}
    assert all(row["sites"] == row["operators"] == row["alleged_own_stories"] == 0 for row in rows)


def test_the_table_says_that_nothing_of_it_can_be_cited(imported):
    place, _ = imported
    said = yuqi("report", "platforms", "--workspace", str(place.root), "--lang", "en")
    assert "site unknown, not citable" in said
    assert "本语料中未发现具体投诉" in said


def test_title_and_body_that_disagree_are_flagged(imported):
    place, _ = imported
    flagged = ask(place.latest, "SELECT title FROM articles WHERE title_body_conflict")
    assert flagged == [("51即刻有又开始催收了",)]


def test_annotations_are_gone_deleted_words_restored_and_each_edit_shown(imported):
    place, _ = imported
    texts = ask(place.latest, "SELECT article_id, title || text FROM articles ORDER BY url")
    assert not any("(" in text or "quán" in text for _, text in texts)
    assert "问题也让" in texts[0][1]
    (shown,) = json.loads(yuqi("show", texts[0][0], "--workspace", str(place.root), "--format", "json"))
    ((edits,),) = ask(place.latest, f"SELECT count(*) FROM edits WHERE article_id = '{texts[0][0]}'")
    assert len(shown["edits"]) == edits > 6


def test_no_contact_of_the_pages_is_in_any_table_or_log(imported):
    place, said = imported
    kept = [
        said,
        *(
            _rows(place.latest, name)
            for (name,) in ask(place.latest, "SELECT table_name FROM duckdb_tables()")
        ),
    ]
    for secret in ("13800138000", "service@example.com", "王先生"):
        assert not any(secret in text for text in kept)
    for file in (*place.parts.rglob("*.parquet"), place.corpus, place.latest):
        assert b"13800138000" not in file.read_bytes()


def _rows(store: Path, table: str) -> str:
    return repr(ask(store, f"FROM {table}"))
