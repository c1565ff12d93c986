"""The standing questions over a small corpus of invented lenders."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
from invented_corpus import default_articles, make_corpus, told_of
from invented_rows import AT, SNAPSHOT, Told

from crawler.definitions import DefinitionError
from crawler.workspace import FailedError, Workspace, open_workspace
from pipeline.store.reader import open_latest
from pipeline.store.reports import QUESTIONS, REVIEW_LISTS, Filter, platform_id, ranking, report
from yuqi.cli import run

PLATFORM_COUNTS = (
    "platform_id", "name", "pages", "stories", "templates", "sites", "operators", "live_pages", "gone_pages",
    "undated_pages", "alleged_own_stories", "alleged_own_operators", "alleged_templated_stories",
    "claimed_stories", "ambiguous_share", "first_seen", "last_seen",
    "rule_precision",
)  # fmt: skip
FIVE = ("pages", "stories", "templates", "sites", "operators")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_corpus(tmp_path_factory.mktemp("corpus"))


@pytest.fixture
def corpus(workspace: Workspace) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_latest(workspace) as connection:
        yield connection


def test_without_a_filter_the_platform_report_is_the_view(corpus: duckdb.DuckDBPyConnection) -> None:
    cursor = corpus.execute("SELECT * FROM platform_counts ORDER BY platform_id")
    assert tuple(column[0] for column in cursor.description or ()) == PLATFORM_COUNTS
    view = cursor.fetchall()
    found = report(corpus, "platforms", Filter(), sort="platform_id")
    assert found.columns == PLATFORM_COUNTS
    assert [tuple(row.values()) for row in found.rows] == view


def test_every_question_has_an_id_and_the_five_counts(corpus: duckdb.DuckDBPyConnection) -> None:
    for question in QUESTIONS:
        found = report(corpus, question, Filter())
        assert found.rows, question
        assert found.columns[0].endswith("_id") or question in REVIEW_LISTS
        assert set(FIVE) <= set(found.columns)


def test_counts_at_five_levels(corpus: duckdb.DuckDBPyConnection) -> None:
    row = report(corpus, "platforms", Filter(platform="xinglan-dai")).rows[0]
    assert [row[level] for level in FIVE] == [7, 7, 7, 4, 3]  # site0 and site1 are one operator
    assert (row["alleged_own_stories"], row["claimed_stories"], row["gone_pages"], row["undated_pages"]) == (
        6,
        1,
        1,
        1,
    )


def test_unsourced_pages_count_in_no_site_and_no_operator(corpus: duckdb.DuckDBPyConnection) -> None:
    row = report(corpus, "platforms", Filter(platform="heting-xiaodai")).rows[0]
    assert [row[level] for level in FIVE] == [1, 1, 1, 0, 0]


def test_allegations_and_claims_stand_in_rows_of_their_own(corpus: duckdb.DuckDBPyConnection) -> None:
    rows = report(corpus, "practices", Filter()).rows
    assert {(row["assertion"], row["own"], row["stories"]) for row in rows} == {
        ("alleged", True, 6),
        ("claimed-practice", None, 2),
    }


def test_filters_narrow_every_report(corpus: duckdb.DuckDBPyConnection) -> None:
    def pages(**chosen: object) -> int:
        return sum(row["pages"] for row in report(corpus, "sites", Filter(**chosen)).rows)  # type: ignore[arg-type]

    assert pages() == 9
    assert pages(site="site0") == 3
    assert pages(state="gone") == 1
    assert pages(platform="星蓝") == 7
    assert pages(assertion="alleged") == 6
    assert pages(practice="contacting-others", assertion="claimed-practice") == 2
    assert pages(practice="contacting-others", platform="麦屿金融") == 1


def test_an_assertion_filters_the_platform_it_is_made_of(corpus: duckdb.DuckDBPyConnection) -> None:
    rows = report(corpus, "platforms", Filter(assertion="alleged")).rows
    assert [(row["platform_id"], row["pages"], row["claimed_stories"]) for row in rows] == [
        ("xinglan-dai", 6, 0)
    ]


def test_days_are_those_of_the_pages_own_time_zone(tmp_path: Path) -> None:
    late = datetime(2024, 5, 1, 17, 0, tzinfo=UTC)  # May 2nd in Shanghai
    told = Told(
        "http://a.example.com/1",
        "a",
        "星蓝贷",
        told_of("星蓝贷", 1),
        "s-1",
        published=late,
        subject="xinglan-dai",
    )
    with open_latest(make_corpus(tmp_path, [told])) as connection:
        assert report(
            connection, "platforms", Filter(since=date(2024, 5, 2), until=date(2024, 5, 2), basis="published")
        ).rows
        assert not report(connection, "platforms", Filter(until=date(2024, 5, 1), basis="published")).rows
        assert report(connection, "platforms", Filter(until=date(2024, 5, 1))).rows


def test_only_enough_own_allegations_give_a_rank(corpus: duckdb.DuckDBPyConnection) -> None:
    found = report(corpus, "platforms", Filter())
    assert found.ranked == 1
    assert [row["platform_id"] for row in found.rows] == ["xinglan-dai", "heting-xiaodai", "maiyu-jinrong"]


@pytest.mark.parametrize(("stories", "operators"), [(4, 9), (100, 1)])
def test_few_stories_or_one_operator_give_none(stories: int, operators: int) -> None:
    row = {"platform_id": "p", "alleged_own_stories": stories, "alleged_own_operators": operators}
    assert ranking([row]) == ([row], 0)


def test_five_stories_of_two_operators_are_enough_for_a_rank() -> None:
    row = {"platform_id": "p", "alleged_own_stories": 5, "alleged_own_operators": 2}
    assert ranking([row]) == ([row], 1)


def test_sorting_puts_the_unknown_last_and_refuses_unknown_columns(corpus: duckdb.DuckDBPyConnection) -> None:
    rows = report(corpus, "sites", Filter(), sort="operator_id").rows
    assert [row["operator_id"] for row in rows][-1] is None
    with pytest.raises(DefinitionError, match="there are site_id"):
        report(corpus, "sites", Filter(), sort="nope")


def test_a_limit_says_what_it_cut(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "sites", "--limit", "2", "--workspace", str(workspace.root), "--lang", "en"]) == 0
    assert "2 of 5 rows shown" in capsys.readouterr().out


@pytest.mark.parametrize("option", ["--platform", "--practice", "--site"])
def test_an_unknown_key_is_wrong_usage(
    option: str, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", "platforms", option, "nope", "--workspace", str(workspace.root)]) == 2
    assert "nope" in capsys.readouterr().err


def test_a_name_before_an_alias(corpus: duckdb.DuckDBPyConnection) -> None:
    assert platform_id(corpus, "星蓝") == platform_id(corpus, "星蓝贷") == "xinglan-dai"
    assert platform_id(corpus, "x' OR '1'='1") is None


def test_a_word_that_several_share_is_no_way_to_ask_for_one_of_them() -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE platforms (platform_id VARCHAR, name VARCHAR, name_en VARCHAR)")
        connection.execute("CREATE TABLE platform_aliases (platform_id VARCHAR, alias VARCHAR)")
        connection.execute(
            "INSERT INTO platform_aliases VALUES ('a', '样月付'), ('b', '样月付'), ('b', '乙付')"
        )
        assert platform_id(connection, "样月付") is None
        assert platform_id(connection, "乙付") == "b"


def test_json_has_exactly_the_documented_columns(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", "platforms", "--format", "json", "--workspace", str(workspace.root)]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert tuple(rows[0]) == PLATFORM_COUNTS


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_figures_stand_with_what_they_rest_on(
    lang: str, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", "platforms", "--workspace", str(workspace.root), "--lang", lang]) == 0
    told = capsys.readouterr().out
    assert SNAPSHOT in told
    assert "来源不明，不可引用" in told
    wanted = {
        "en": (
            "Platforms named",
            "9 pages, 9 articles, 9 stories",
            "2 articles undated",
            "not a sample",
            "not citable",
        ),
        "zh": ("被点名", "9 个页面", "2 篇无日期", "不是借款人的抽样"),
    }
    assert all(part in told for part in wanted[lang])
    assert "complaints" not in told
    assert "投诉排名" not in told


def test_a_corpus_without_allegations_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_corpus(tmp_path, default_articles()[6:]).root
    assert run(["report", "platforms", "--workspace", str(root), "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "本语料中未发现具体投诉" in told
    assert "unranked" in told


def test_nothing_built_is_one_line_that_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "yuqi.toml").touch()
    with pytest.raises(FailedError, match="yuqi build"):
        open_latest(open_workspace(tmp_path))
    assert run(["report", "platforms", "--workspace", str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_what_was_taken_down_after_the_build_is_in_no_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_corpus(tmp_path)
    entry = '[[takedown]]\npattern = "^urn:yuqi:"\n[[takedown]]\nsite = "site1"\n'
    workspace.takedowns.write_text(entry, encoding="utf-8")
    with open_latest(workspace) as connection:
        assert {row["site_id"] for row in report(connection, "sites", Filter()).rows} == {
            "site0",
            "site2",
            "site3",
        }
        assert "heting-xiaodai" not in {
            row["platform_id"] for row in report(connection, "platforms", Filter()).rows
        }


def test_a_reader_can_neither_write_nor_reach_a_file(corpus: duckdb.DuckDBPyConnection) -> None:
    for statement in (
        "DELETE FROM articles",
        "COPY articles TO 'x.csv'",
        "SELECT * FROM read_text('/etc/passwd')",
        "SET enable_external_access = true",
        "ATTACH 'other.duckdb'",
    ):
        with pytest.raises(duckdb.Error):
            corpus.execute(statement)


def test_times_are_utc(corpus: duckdb.DuckDBPyConnection) -> None:
    assert report(corpus, "platforms", Filter()).rows[0]["first_seen"] == AT
