"""Which copy came first: dates that a farm gives are told, and nobody is named first by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_corpus import make_corpus
from invented_rows import Told

from crawler.workspace import Workspace
from pipeline.store import sql
from pipeline.store.load import SAME_DAY, SAME_DAY_SHARE, SAME_MINUTE, open_store
from yuqi.cli import run

NOON = datetime(2024, 3, 4, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai
MIDNIGHT = datetime(2024, 3, 3, 16, 0, tzinfo=UTC)  # a date without an hour
SEEN = datetime(2025, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Dated:
    url: str
    published: datetime | None
    site: str = "s"
    version: int = 1
    seen: datetime = SEEN

    @property
    def id(self) -> str:
        return f"a-{self.url}-{self.version}"


def spread(number: int, start: datetime = datetime(2023, 1, 1, 3, 7, tzinfo=UTC)) -> list[Dated]:
    """Pages of an ordinary site: one every third day, at other minutes."""
    return [Dated(f"o{n}", start + timedelta(days=3 * n, minutes=7 * n)) for n in range(number)]


def doubts(pages: Iterable[Dated], tmp: str = ":memory:") -> dict[str, str]:
    """By id, of those in doubt."""
    held = list(pages)
    with open_store(Path(tmp)) as store:
        store.execute("CREATE TABLE versions AS SELECT '' AS article_id, true AS is_current LIMIT 0")
        store.execute(
            "CREATE TABLE part_articles"
            " (article_id VARCHAR, url VARCHAR, site_id VARCHAR, published_at TIMESTAMPTZ)"
        )
        store.execute("CREATE TABLE known_pages (url VARCHAR, first_seen_at TIMESTAMPTZ)")
        store.executemany(
            "INSERT INTO part_articles VALUES (?, ?, ?, ?)",
            [(p.id, p.url, p.site, p.published) for p in held],
        )
        store.executemany("INSERT INTO versions VALUES (?, true)", [(p.id,) for p in held])
        store.executemany("INSERT INTO known_pages VALUES (?, ?)", sorted({(p.url, p.seen) for p in held}))
        sql.run(store, "dates", same_minute=SAME_MINUTE, same_day=SAME_DAY, same_day_share=SAME_DAY_SHARE)
        found = store.execute("FROM article_doubts WHERE published_doubt IS NOT NULL").fetchall()
    return dict(found)


def test_dates_of_an_ordinary_site_are_not_in_doubt() -> None:
    assert doubts(spread(30)) == {}


def test_two_articles_of_one_minute_and_dates_without_an_hour_are_no_batch() -> None:
    two = [Dated(f"t{n}", NOON) for n in range(2)]
    days = [Dated(f"d{n}", MIDNIGHT) for n in range(7)]
    assert doubts([*spread(30), *two, *days]) == {}


def test_one_minute_on_several_sites_is_no_batch() -> None:
    assert doubts(Dated(f"t{n}", NOON, f"s{n}") for n in range(5)) == {}


def test_many_articles_a_day_are_no_batch_where_it_is_the_sites_rhythm() -> None:
    daily = [Dated(f"n{d}-{n}", NOON + timedelta(days=d, minutes=n)) for d in range(10) for n in range(12)]
    assert doubts(daily) == {}


def test_a_day_that_gained_its_hour_has_not_moved() -> None:
    assert doubts([Dated("p", MIDNIGHT), Dated("p", NOON, version=2)]) == {}


def test_undated_pages_are_not_in_doubt() -> None:
    assert doubts(Dated(f"u{n}", None) for n in range(20)) == {}


def test_pages_of_one_minute_are_a_batch() -> None:
    batch = [Dated(f"b{n}", NOON + timedelta(seconds=11 * n)) for n in range(3)]
    assert doubts([*spread(30), *batch]) == {page.id: "same-minute" for page in batch}


def test_pages_of_one_day_are_a_batch_where_they_are_a_fifth_of_the_site() -> None:
    batch = [Dated(f"b{n}", MIDNIGHT) for n in range(10)]
    assert doubts([*spread(30), *batch]) == {page.id: "same-day" for page in batch}
    assert doubts([*spread(41), *batch]) == {}


def test_a_date_that_moves_between_versions_is_in_doubt_in_all_of_them() -> None:
    versions = [Dated("p", NOON), Dated("p", NOON + timedelta(days=90), version=2)]
    assert doubts(versions) == {page.id: "moved" for page in versions}


def test_a_date_after_the_page_was_seen_is_in_doubt() -> None:
    assert doubts([Dated("p", SEEN + timedelta(hours=2))]) == {"a-p-1": "after-seen"}


COPIED = ("article_id", "url", "story_id", "template_id", "published_at", "published_doubt")
Copy = tuple[str, str, str | None, int | None, str | None]  # article, story, template, day, doubt


def earliest(copies: Iterable[Copy]) -> dict[str, tuple[datetime, str | None, str | None]]:
    rows = [
        dict(zip(COPIED, (article, article, *groups, on and day(on), why), strict=True))
        for article, *groups, on, why in copies
    ]
    text, time = pa.string(), pa.timestamp("us", tz="UTC")
    schema = pa.schema([(name, time if name == "published_at" else text) for name in COPIED])
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.register("rows", pa.Table.from_pylist(rows, schema=schema))
        connection.execute("CREATE TABLE copies AS FROM rows")
        sql.run(connection, "earliest")
        return {row[0]: row[1:] for row in connection.execute("FROM earliest_of('copies')").fetchall()}


def day(number: int) -> datetime:
    return datetime(2024, 1, number, tzinfo=UTC)


def test_the_earliest_sound_date_names_the_first_copy_of_story_and_template() -> None:
    found = earliest(
        [("a", "s-1", "t-1", 3, None), ("b", "s-1", "t-1", 2, None), ("c", "s-2", "t-1", 1, None)]
    )
    assert found == {
        "s-1": (day(2), None, "b"),
        "s-2": (day(1), None, "c"),
        "t-1": (day(1), None, "c"),
    }


def test_nobody_is_first_by_a_date_in_doubt_or_by_one_that_two_pages_have() -> None:
    assert earliest([("a", "s-1", None, 1, "same-day"), ("b", "s-1", None, 2, None)]) == {
        "s-1": (day(1), "same-day", None)
    }
    assert earliest([("a", "s-1", None, 1, None), ("b", "s-1", None, 1, None)]) == {
        "s-1": (day(1), None, None)
    }


def test_an_impossible_date_is_none() -> None:
    assert earliest([("a", "s-1", None, 1, "after-seen"), ("b", "s-1", None, 2, None)]) == {
        "s-1": (day(2), None, "b")
    }
    assert earliest([("a", "s-1", None, 1, "after-seen"), ("b", "s-1", None, None, None)]) == {}


DOUBTS = (None, None, "moved", "same-day", "after-seen")
COPIES = st.lists(
    st.tuples(
        st.sampled_from(("s-1", "s-2")),
        st.sampled_from((None, "t-1")),
        st.one_of(st.none(), st.integers(1, 4)),
        st.sampled_from(DOUBTS),
    ),
    max_size=8,
)


@settings(deadline=None, max_examples=25)  # a connection each
@given(COPIES)
def test_the_earliest_is_what_a_person_would_look_up(
    said: list[tuple[str, str | None, int | None, str | None]],
) -> None:
    copies: list[Copy] = [(f"a-{n}", *copy) for n, copy in enumerate(said)]
    expected: dict[str, tuple[datetime, str | None, str | None]] = {}
    groups: dict[str, list[Copy]] = defaultdict(list)
    for copy in copies:
        for group in filter(None, copy[1:3]):
            groups[group].append(copy)
    for group, held in groups.items():
        dated = [copy for copy in held if copy[3] is not None and copy[4] != "after-seen"]
        if dated:
            first = min(copy[3] or 0 for copy in dated)
            ties = [copy for copy in dated if copy[3] == first]
            sound = [copy for copy in ties if copy[4] is None]
            doubt = None if sound else min(copy[4] or "" for copy in ties)
            expected[group] = (day(first), doubt, ties[0][0] if len(ties) == 1 and sound else None)
    assert earliest(copies) == expected


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    told = Told(
        "http://a.example.com/1",
        "site0",
        "星蓝贷",
        "星蓝贷的一句话。",
        "s-000000000001",
        "t-000000000001",
        "xinglan-dai",
    )
    other = replace(told, url="http://b.example.com/2", site="site2", story="s-000000000002")
    doubted = [replace(one, more={"published_doubt": "same-minute"}) for one in (told, other)]
    return make_corpus(tmp_path_factory.mktemp("farm"), doubted)


def test_reports_say_that_dates_are_farm_dates(farm: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    for lang, said in (
        ("en", "earliest known, dates are farm dates in 2 articles"),
        ("zh", "2 篇文章的日期像是批量生成"),
    ):
        assert run(["report", "templates", "--workspace", str(farm.root), "--lang", lang]) == 0
        assert said in capsys.readouterr().out


def test_reports_without_farm_dates_do_not_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "templates", "--workspace", str(make_corpus(tmp_path).root), "--lang", "en"]) == 0
    assert "farm dates" not in capsys.readouterr().out


@pytest.mark.parametrize("what", ["s-000000000001", "t-000000000001", "http://a.example.com/1"])
def test_show_says_that_dates_are_farm_dates(
    what: str, farm: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["show", what, "--workspace", str(farm.root)]) == 0
    assert (
        "earliest known, dates are farm dates 已知最早，日期像是批量生成: same-minute"
        in capsys.readouterr().out
    )
