"""Months: only where dates carry them, with what else would explain a rise or a fall."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from invented_corpus import make_corpus, to_change, told_of
from invented_rows import AT, Told

from crawler.workspace import Workspace
from pipeline.store.load import count_again
from pipeline.store.reader import open_latest
from pipeline.store.reports import Filter, report
from pipeline.store.trend import trend
from yuqi.cli import run


def told(number: int, published: datetime | None, doubt: str | None = None) -> Told:
    return Told(
        f"http://site0.example.com/{number}", "site0", "星蓝贷逾期", told_of("星蓝贷", number),
        f"s-{number:012x}", None, "xinglan-dai", "alleged", own=True, published=published,
        more={"published_doubt": doubt},
    )  # fmt: skip


def months(articles: list[Told], folder: Path, basis: str = "published") -> dict[str, int] | None:
    with open_latest(make_corpus(folder, articles)) as connection:
        found = trend(connection, Filter(basis=basis))  # type: ignore[arg-type]
    return None if found.withheld else {f"{row['month']:%Y-%m}": row["pages"] for row in found.rows}


def test_no_trend_where_more_than_30_per_cent_are_undated(tmp_path: Path) -> None:
    dated = [told(n, AT) for n in range(6)]
    assert months([*dated, *(told(n, None) for n in range(6, 10))], tmp_path / "a") is None
    assert months([*dated, told(6, AT), *(told(n, None) for n in range(7, 10))], tmp_path / "b") == {
        "2024-05": 7
    }


def test_no_trend_where_dates_are_stamped_in_batches(tmp_path: Path) -> None:
    assert months([told(n, AT, "same-minute" if n < 4 else None) for n in range(10)], tmp_path / "a") is None


def test_what_a_first_crawl_finds_is_no_trend(tmp_path: Path) -> None:
    assert months([told(n, AT) for n in range(10)], tmp_path / "a", "first-seen") is None


def test_a_month_without_an_article_is_there_with_zeros(tmp_path: Path) -> None:
    found = months([told(0, AT), told(1, AT - timedelta(days=70))], tmp_path)
    assert found == {"2024-02": 1, "2024-03": 0, "2024-04": 0, "2024-05": 1}


def test_months_are_those_of_shanghai(tmp_path: Path) -> None:
    assert months([told(0, datetime(2024, 4, 30, 16, 30, tzinfo=UTC))], tmp_path) == {"2024-05": 1}


def test_the_command_says_why_there_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = str(make_corpus(tmp_path).root)
    assert run(["report", "platforms", "--trend", "--workspace", root, "--lang", "en"]) == 0
    assert "no trend: of 9 pages" in capsys.readouterr().out
    asked = [
        "report",
        "platforms",
        "--trend",
        "--date",
        "published",
        "--platform",
        "星蓝",
        "--workspace",
        root,
    ]
    assert run([*asked, "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["month"], row["pages"], row["alleged_own_stories"]) == ("2024-05-01", 6, 5)


def with_visits(folder: Path, outcomes: list[str]) -> Workspace:
    """A corpus with a second site that came two months later, visited with these outcomes."""
    late = replace(told(7, AT), url="http://late.example.com/1", site="late")
    place = make_corpus(folder, [told(0, AT), late])
    with to_change(place) as store:
        moment = AT + timedelta(days=60)
        store.execute("UPDATE pages SET first_seen_at = $at WHERE site_id = 'late'", {"at": moment})
        for n, outcome in enumerate(outcomes):
            store.execute(
                "INSERT INTO fetches SELECT $id, run_id, 'late', url, $at, 500, $outcome, NULL, NULL,"
                " NULL, NULL, NULL, NULL, NULL FROM fetches WHERE site_id = 'late' LIMIT 1",
                {"id": f"x-{n}", "at": moment + timedelta(days=n), "outcome": outcome},
            )
        count_again(store)
    return place


@pytest.mark.parametrize(
    ("outcomes", "failing"), [(["error"] * 3, True), (["error"] + ["unchanged"] * 3, False)]
)
def test_new_and_failing_sites_are_marked(outcomes: list[str], failing: bool, tmp_path: Path) -> None:
    with open_latest(with_visits(tmp_path, outcomes)) as connection:
        rows = {row["site_id"]: row for row in report(connection, "sites", Filter()).rows}
        by_month = trend(connection, Filter(basis="published")).rows
    assert (rows["late"]["is_new"], rows["site0"]["is_new"]) == (True, False)
    assert (rows["late"]["is_failing"], rows["site0"]["is_failing"]) == (failing, False)
    assert by_month[0]["new_sites"] == ["site0"]


def test_trend_figures_are_those_of_the_tables(tmp_path: Path) -> None:
    place = make_corpus(tmp_path, [told(n, AT - timedelta(days=20 * n)) for n in range(8)])
    with open_latest(place) as connection:
        found = trend(connection, Filter(basis="published")).rows
        again = recounted(connection)
    assert {(row["month"], row["pages"], row["stories"]) for row in found if row["pages"]} == again


def recounted(connection: duckdb.DuckDBPyConnection) -> set[tuple[object, ...]]:
    return set(
        connection.execute(
            "SELECT strftime(timezone('Asia/Shanghai', published_at), '%Y-%m-01')::DATE, count(*),"
            " count(DISTINCT story_id) FROM articles GROUP BY 1"
        ).fetchall()
    )
