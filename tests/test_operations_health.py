"""Health: what needs a person, when it is said again, and how it is silenced."""

from __future__ import annotations

import os
import re
import threading
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.definitions import DefinitionError
from crawler.page import Fetch, KnownPage, Run
from crawler.tallies import RunTally, Tallies, of_fetches, of_pages
from crawler.workspace import open_workspace
from pipeline.store import sql
from pipeline.store.health import RECENT, Reading, readings
from pipeline.store.load import create_tables, open_store
from yuqi.cli import run
from yuqi.lock import alone
from yuqi.operations.alarms import AGAIN, acknowledge, judged, raise_due, standing_in
from yuqi.operations.disk import Room, sizes
from yuqi.operations.health import Seen, SiteWarning, seen, warnings
from yuqi.operations.settings import GB, HealthLimits, Operation, operation_of

NOW = datetime(2026, 5, 1, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
LIMITS = HealthLimits()


def rules(site: Seen, reading: Reading | None = None) -> list[str]:
    readings = {"a": reading} if reading else {}
    return [warning.rule for warning in warnings(["a"], {"a": site}, readings, LIMITS)]


def visited(newest: datetime = NOW - DAY, **outcomes: int) -> Seen:
    return Seen(
        "run",
        Counter({k.replace("_", "-"): n for k, n in outcomes.items()}),
        NOW - 90 * DAY,
        NOW,
        newest_article_at=newest,
    )


def alive_before(days: int, **outcomes: int) -> Seen:
    return replace(visited(**outcomes), last_alive_at=NOW - days * DAY)


@pytest.mark.parametrize(
    "site",
    [visited(unchanged=100), visited(unchanged=9, error=1), visited(unchanged=2, error=3),
     visited(unchanged=1, gone=99), visited(unchanged=1, robots=99), visited(), Seen(),
     alive_before(1, gone=1), alive_before(2, robots=3), alive_before(1, error=2, gone=1)],
)  # fmt: skip
def test_a_site_that_does_well_or_of_which_little_is_known_is_left_alone(site: Seen) -> None:
    assert rules(site) == []


@pytest.mark.parametrize(
    ("site", "rule"),
    [
        (visited(unchanged=70, error=30), "errors"),
        (visited(unchanged=70, blocked=30), "errors"),
        (visited(error=2), "no-page"),
        (alive_before(3, robots=3), "no-page"),
        (alive_before(1, error=1, robots=1), "no-page"),
        (alive_before(1, gone=10), "no-page"),
        (visited(robots=5), "no-page"),
        (visited(newest=NOW - 31 * DAY, unchanged=5), "no-new-articles"),
        (Seen("run", Counter(unchanged=1), NOW - 31 * DAY, NOW), "no-new-articles"),
    ],
)
def test_a_site_that_fails_or_falls_silent_is_told(site: Seen, rule: str) -> None:
    assert rules(site) == [rule]


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        (Reading(20, 5, 0.9, None, None), []),
        (Reading(9, 9, 0.1, 1.0, "encoding"), []),  # too few to judge
        (Reading(20, 11, 0.9, 0.2, "encoding"), ["drops"]),
        (Reading(20, 0, 0.5, None, None), ["confidence"]),
        (Reading(20, 0, None, None, None), []),
        (Reading(20, 1, 0.9, 0.8, "title_source"), ["template-shift"]),
    ],
)
def test_pages_that_are_read_worse_than_before_are_told(reading: Reading, expected: list[str]) -> None:
    assert rules(visited(unchanged=5), reading) == expected


def test_a_sites_last_crawl_counts_and_imports_do_not() -> None:
    def fetch(number: int, run: str, outcome: str, days: int) -> Fetch:
        return Fetch(
            str(number), run, "a", f"u{number}", NOW - days * DAY, 200, outcome, None, None, None, None, None
        )  # type: ignore[arg-type]

    def page(kind: str, days: int) -> KnownPage:
        at = NOW - days * DAY
        return KnownPage("u", "a", kind, "live", True, None, at, NOW, NOW, 1, 0, None)  # type: ignore[arg-type]

    runs = [
        Run(name, kind, NOW, NOW, "done", 0, 0)
        for name, kind in (("c1", "crawl"), ("c2", "crawl"), ("i", "import"))
    ]
    fetches = [
        fetch(1, "c1", "error", 9),
        fetch(2, "c2", "new", 2),
        fetch(3, "c2", "gone", 1),
        fetch(4, "i", "new", 0),
    ]
    pages = [page("list", 0), page("article", 7), page("article", 5)]
    site = seen(Tallies(of_pages(pages, NOW), of_fetches(fetches)), runs)["a"]
    assert site.outcomes == {"new": 1, "gone": 1} and site.last_visit_at == NOW - DAY
    assert site.last_alive_at == NOW - 2 * DAY
    assert site.first_visit_at == NOW - 9 * DAY and site.newest_article_at == NOW - 5 * DAY


def test_a_night_that_asks_for_lists_only_ends_no_warning_of_errors() -> None:
    def rule_of(*nights: Counter[str]) -> list[str]:
        site = visited()
        for number, night in enumerate(nights):
            site.count(RunTally("a", str(number), NOW, NOW, night))
        return rules(site)

    bad, quiet, good = Counter(unchanged=60, error=40), Counter(unchanged=2), Counter(unchanged=10)
    assert rule_of(bad, quiet, quiet) == ["errors"] == rule_of(quiet, Counter(unchanged=1, error=8))
    assert rule_of(bad, *[quiet] * 5) == rule_of(bad, good) == rule_of(quiet) == []


def told(*rules: str) -> list[SiteWarning]:
    return [SiteWarning("a", rule, "said") for rule in rules]


def test_a_warning_raises_when_new_and_again_after_seven_days_until_it_was_seen() -> None:
    known, raised = judged(told("errors"), [], NOW)
    assert [one.rule for one in raised] == ["errors"]
    for day in range(1, 7):
        known, raised = judged(told("errors"), known, NOW + day * DAY)
        assert not raised
    known, raised = judged(told("errors", "drops"), known, NOW + 7 * DAY)
    assert [one.rule for one in raised] == ["errors", "drops"] and known[0].since == NOW


def test_a_warning_that_was_seen_is_silent_until_it_ends_and_comes_again(tmp_path: Path) -> None:
    (tmp_path / "yuqi.toml").touch()
    place = open_workspace(tmp_path)
    other = SiteWarning("b", "errors", "said")
    assert len(raise_due(place, [*told("errors"), other], NOW)) == 2
    assert [one.is_acked for one in acknowledge(place, "a", told("errors"), NOW)] == [True]
    later = NOW + 30 * DAY
    assert [one.site_id for one in raise_due(place, [*told("errors"), other], later)] == ["b"]
    assert raise_due(place, [other], later + DAY) == []
    assert [one.site_id for one in raise_due(place, [*told("errors"), other], later + 2 * DAY)] == ["a"]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), max_size=40))
def test_no_warning_is_silent_for_more_than_seven_days(days: list[tuple[bool, int]]) -> None:
    known, now, raised_at = [], NOW, None
    for stands, pause in days:
        now += pause * DAY
        known, raised = judged(told("errors") if stands else [], known, now)
        raised_at = now if raised else raised_at if stands else None
        assert not stands or (raised_at is not None and now - raised_at < AGAIN)


def test_warnings_that_two_processes_write_are_all_there(tmp_path: Path) -> None:
    (tmp_path / "yuqi.toml").touch()
    place = open_workspace(tmp_path)
    all_sites = [SiteWarning(f"s{n}", "errors", "said") for n in range(8)]
    raise_due(place, all_sites, NOW)
    threads = [threading.Thread(target=acknowledge, args=(place, f"s{n}", all_sites, NOW)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(one.is_acked for one in standing_in(place)) and len(standing_in(place)) == 8


def test_a_list_of_warnings_that_is_broken_is_named(tmp_path: Path) -> None:
    (tmp_path / "yuqi.toml").touch()
    place = open_workspace(tmp_path)
    (place.state / "warnings.json").write_text('[{"site_id": "a"}]', encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"warnings\.json"):
        standing_in(place)


@pytest.fixture
def store(tmp_path: Path):
    """Sixty pages of a first crawl and, of a second one, as many as the newest are judged by."""
    with open_store(tmp_path / "s.duckdb") as store:
        store.execute("BEGIN")  # one write to the disk and not one a statement
        create_tables(store)
        store.execute("COMMIT")
        for run, day in (("c1", 1), ("c2", 2), ("i", 3)):
            kind = "import" if run == "i" else "crawl"
            store.execute(
                "INSERT INTO runs BY NAME SELECT ? AS run_id, ? AS kind,"
                " make_timestamptz(2026, 1, ?, 0, 0, 0) AS started_at,"
                " 'done' AS status, 0 AS pages_fetched, 0 AS bytes_fetched",
                [run, kind, day],
            )
        yield store


def fetched(store: duckdb.DuckDBPyConnection, run: str, count: int, **article: object) -> None:
    """So many new pages of a run; articles with these columns, or drops."""
    first = store.execute("SELECT count(*) FROM fetches").fetchone()[0]
    for number in range(first, first + count):
        insert(
            store, "fetches", fetch_id=f"f{number}", run_id=run, site_id="a", url=f"u{number}", outcome="new"
        )
        if article:
            insert(store, "articles", fetch_id=f"f{number}", url=f"u{number}", site_id="a", **article)
        else:
            insert(store, "drops", url=f"u{number}", stage="read", reason="no-article")


def insert(store: duckdb.DuckDBPyConnection, table: str, **row: object) -> None:
    """The other columns get a value of their type."""
    columns = {
        name: type_ for name, type_, null, *_ in store.execute(f"DESCRIBE {table}").fetchall() if null == "NO"
    }
    empty = {"VARCHAR": "", "BIGINT": 0, "DOUBLE": 0.0, "BOOLEAN": True, "TIMESTAMP WITH TIME ZONE": NOW}
    values = {name: empty[type_] for name, type_ in columns.items()} | row
    named, marks = ", ".join(values), ", ".join("?" * len(values))
    store.execute(f"INSERT INTO {table} ({named}) VALUES ({marks})", list(values.values()))


def test_a_redesign_shows_in_where_the_newest_articles_have_title_and_date(store) -> None:
    fetched(store, "c1", 60, confidence=0.9, title_source="heading", published_source="label", encoding="gbk")
    fetched(
        store, "c2", RECENT, confidence=0.8, title_source="heading", published_source=None, encoding="gbk"
    )
    assert readings(store) == {"a": Reading(RECENT, 0, pytest.approx(0.8), 1.0, "published_source")}


def test_pages_of_one_crawl_have_nothing_to_be_compared_with(store) -> None:
    fetched(store, "c1", 60, confidence=0.9, title_source="heading")
    fetched(store, "i", 60, confidence=0.1, title_source="meta")
    assert readings(store) == {"a": Reading(60, 0, pytest.approx(0.9), None, None)}


def test_newest_pages_without_an_article_are_counted(store) -> None:
    fetched(store, "c1", 60, confidence=0.9, title_source="heading")
    fetched(store, "c2", RECENT)
    found = readings(store)["a"]
    assert (found.pages, found.dropped, found.confidence) == (RECENT, RECENT, None)
    assert [row[0] for row in sql.rows(store, "health", recent=RECENT + 1)] == ["a"]


def test_room_is_low_when_what_a_run_takes_would_leave_too_little() -> None:
    assert not Room(10, 5, 5).is_low and Room(10, 6, 5).is_low
    assert "min_free_gb" in str(Room(GB, 6 * GB, 5 * GB))


def test_days_left_are_those_of_the_last_months_pace(tmp_path: Path) -> None:
    (tmp_path / "yuqi.toml").touch()
    place = open_workspace(tmp_path)
    assert sizes(place, NOW).days_left(0) is None
    (place.archive / "a").mkdir()
    for days in (60, 20, 10):
        file = place.archive / "a" / f"{days}.warc.gz"
        file.write_bytes(b"x" * 3000)
        at = (NOW - days * DAY).timestamp()
        os.utime(file, (at, at))
    (place.parts).mkdir()
    (place.parts / "p").write_bytes(b"x" * 9000)
    found = sizes(place, NOW)
    assert found.sites == {"a": 9000} and found.rooms["archive"] == 9000 and found.rooms["parts"] == 9000
    assert found.growth == pytest.approx(6000 / 30 * 2)
    assert found.days_left(found.free - 4000) == 10 and found.days_left(found.free + 1) == 0


@pytest.mark.parametrize(
    ("said", "gb"),
    [
        ("", 5),
        ("min_free_gb = 7", 7),
        ("[retention]\nmin_free_gb = 2", 2),
        ("[budget]\nmin_free_gb = 0.5", 0.5),
    ],
)
def test_the_free_space_to_keep_may_stand_in_three_places(said: str, gb: float, tmp_path: Path) -> None:
    (tmp_path / "yuqi.toml").write_text(said, encoding="utf-8")
    assert operation_of(open_workspace(tmp_path)).min_free_bytes == gb * GB


def test_the_settings_that_init_writes_as_comments_are_the_defaults(tmp_path: Path) -> None:
    assert run(["init", str(tmp_path)]) == 0
    path = tmp_path / "yuqi.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(re.sub(r"^# (?=\[|\w+ = )", "", line) for line in lines), encoding="utf-8")
    said, default = operation_of(open_workspace(tmp_path)), Operation()
    assert said.health == default.health and said.min_free_bytes == default.min_free_bytes
    assert (said.retention.daily, said.retention.monthly) == (14, 12) and len(said.retention.pinned) == 1
    assert said.budget.rebuild_minutes == default.budget.rebuild_minutes
    assert said.hook == ("/usr/local/bin/tell-me",) and said.ping


@pytest.mark.parametrize(
    "said",
    ["min_free_gb = -1", '[recrawl]\nping = "ftp://example.com/"', '[recrawl]\nhook = "a \'b"',
     "[recrawl]\nhook = []", "[health]\nerror_share = 2", "[health]\nerrors = 1", "[budget]\npages = 0",
     "[recrawl]\nhook = [1]"],
)  # fmt: skip
def test_what_yuqi_toml_says_wrongly_is_refused(said: str, tmp_path: Path) -> None:
    (tmp_path / "yuqi.toml").write_text(said, encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"yuqi\.toml"):
        operation_of(open_workspace(tmp_path))


def test_who_finds_the_workspace_held_is_told_by_whom(tmp_path: Path) -> None:
    (tmp_path / "yuqi.toml").touch()
    place = open_workspace(tmp_path)
    with (
        alone(place, "recrawl"),
        pytest.raises(Exception, match=r"`recrawl` \(process \d+ on .+ since 20"),
        alone(place),
    ):
        pass
