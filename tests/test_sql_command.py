"""SQL that somebody else wrote."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from invented_corpus import make_corpus
from waiting import PATIENCE_SECONDS

from crawler.workspace import Workspace
from pipeline.store.reader import open_snapshot
from yuqi.cli import run


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_corpus(tmp_path_factory.mktemp("corpus"))


def asked(workspace: Workspace, query: str, *more: str) -> int:
    return run(["sql", query, "--workspace", str(workspace.root), "--format", "json", *more])


def test_a_question_is_answered_with_types_kept(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    query = (
        "SELECT count(*) AS n, sum(n_chars) > 0 AS some, max(fetched_at) AS at_last, NULL AS none, [1] AS l"
    )
    query += " FROM articles"
    assert asked(workspace, query) == 0
    assert json.loads(capsys.readouterr().out) == [
        {"n": 9, "some": True, "at_last": "2024-05-01T08:00:00Z", "none": None, "l": [1]}
    ]


def test_no_rows_are_an_empty_array(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(workspace, "SELECT * FROM drops") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_two_columns_of_one_name_are_both_there(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(workspace, "SELECT 1 AS a, 2 AS a") == 0
    assert json.loads(capsys.readouterr().out) == [{"a": 1, "a_2": 2}]


def test_what_follows_the_last_semicolon_may_be_a_comment(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(workspace, "/* how many? */ SELECT ';' AS a; /* one */ ; -- that is all") == 0
    assert json.loads(capsys.readouterr().out) == [{"a": ";"}]


@pytest.mark.parametrize("comment", ["-- how many?\n", "--timeout\n-- ; two\n"])
def test_a_comment_in_front_is_no_option(
    comment: str, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(workspace, f"{comment}SELECT 1 AS a", "--timeout", "30") == 0
    assert json.loads(capsys.readouterr().out) == [{"a": 1}]
    assert run(["sql", "--lines", "--workspace", str(workspace.root)]) == 2
    assert "No such option" in capsys.readouterr().err


@pytest.mark.parametrize("query", ["SELEC 1", "SELECT 1; SELECT 2", "", "SELECT '\udcff'"])
def test_no_sql_or_more_than_one_statement_is_wrong_usage(
    query: str, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(workspace, query) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM nope",
        "DELETE FROM articles",
        "SELECT * FROM read_text('/etc/passwd')",
        "COPY articles TO '/tmp/out.csv'",
        "SELECT error(chr(27) || '[2J')",
    ],
)
def test_what_is_not_a_question_to_the_snapshot_fails_in_one_line(
    query: str, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(workspace, query) == 1
    told = capsys.readouterr()
    assert told.err.count("\n") == 1
    assert "\x1b" not in told.err
    assert not told.out


def test_a_query_that_does_not_end_is_killed(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        asked(workspace, "SELECT count(*) FROM range(10000000000) a, range(10000) b", "--timeout", "1.5") == 1
    )
    assert "1.5 s" in capsys.readouterr().err


def test_a_query_that_wants_all_memory_is_stopped(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(workspace, "SELECT list(range) FROM range(400000000)") == 1
    assert "memory" in capsys.readouterr().err.lower()


def test_an_answer_too_large_to_hold_is_refused(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(workspace, "SELECT repeat('逾', 100000) AS t FROM range(1500)") == 1
    assert "256 MB" in capsys.readouterr().err


def test_a_worker_that_nobody_kills_ends_by_itself(workspace: Workspace) -> None:
    """As where the asking process was killed: the limit of its own CPU time holds."""
    worker = [sys.executable, "-m", "pipeline.store.query_worker", str(workspace.latest.resolve()), "0.1"]
    query = b"SELECT count(*) FROM range(10000000000) a, range(10000) b"
    done = subprocess.run(worker, input=query, capture_output=True, timeout=PATIENCE_SECONDS, check=False)
    assert done.returncode == -signal.SIGXCPU or done.returncode == -signal.SIGKILL


def test_a_folder_named_like_ours_is_not_run(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pipeline").mkdir()
    (tmp_path / "pipeline" / "__init__.py").write_text("raise SystemExit('run by mistake')")
    monkeypatch.chdir(tmp_path)
    assert asked(workspace, "SELECT 1 AS a") == 0
    assert json.loads(capsys.readouterr().out) == [{"a": 1}]


def test_the_schema_is_told_with_its_comments(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["sql", "--schema", "--workspace", str(workspace.root), "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    columns = [row["column_name"] for row in rows if row["table_name"] == "mentions" and row["column_name"]]
    assert columns[:4] == ["article_id", "platform_id", "field", "char_start"]
    assert all(row["comment"] for row in rows if row["table_name"] == "mentions")


def test_a_query_or_the_schema_not_both(workspace: Workspace) -> None:
    assert run(["sql", "--workspace", str(workspace.root)]) == 2
    assert run(["sql", "SELECT 1", "--schema", "--workspace", str(workspace.root)]) == 2


REFUSED = (
    "ATTACH ':memory:' AS m", "COPY (SELECT 1) TO '/dev/stdout'", "EXPORT DATABASE 'x'",
    "IMPORT DATABASE 'x'",
    "FROM read_csv('/etc/passwd')", "FROM read_text('/etc/passwd')", "FROM read_blob('/etc/passwd')",
    "FROM read_json('/etc/passwd')", "FROM read_parquet('/etc/*')", "FROM glob('/etc/*')",
    "FROM sniff_csv('/etc/passwd')", "FROM query_table('/etc/passwd')", "FROM read_duckdb('x.duckdb')",
    "FROM query('COPY articles TO ''x''')", "SELECT getenv('HOME')", "CREATE SECRET s (TYPE s3)",
    "LOAD httpfs", "LOAD 'x.so'", "CALL enable_logging()", "SET threads = 64", "RESET memory_limit",
    "SET GLOBAL lock_configuration = false", "PRAGMA memory_limit = '10GB'", "CREATE TABLE x AS SELECT 1",
    "WITH x AS (SELECT 1) INSERT INTO drops SELECT 'u', NULL, 's', 'r' FROM x", "DELETE FROM articles",
    "FROM '/etc/passwd'", "COPY articles TO '/tmp/out.csv'", "ATTACH '/tmp/other.duckdb'", "INSTALL fts",
    "SET enable_external_access = true", "PRAGMA enable_profiling",
    "CREATE MACRO f() AS 1", "UPDATE articles SET title = ''", "DROP TABLE articles", "FROM place",
)  # fmt: skip


@pytest.mark.parametrize("query", REFUSED)
def test_no_statement_reaches_files_settings_rows_or_our_own_variables(
    query: str, snapshot: duckdb.DuckDBPyConnection
) -> None:
    place = [1]  # a table of this name would be ours
    with pytest.raises(duckdb.Error):
        snapshot.sql(query).fetchall()
    assert place


@pytest.fixture(scope="module")
def snapshot(workspace: Workspace) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_snapshot(
        shutil.copyfile(workspace.latest, workspace.root / "copy.duckdb"), memory="1GB"
    ) as held:
        yield held
