"""What is worked out with a snapshot says no more than the tables that it was worked out from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from invented_corpus import make_corpus, to_change
from invented_rows import PLATFORMS

from crawler.takedowns import Takedown, Takedowns
from pipeline.store.answering import COUNTED_KINDS, KINDS, QUESTION_FILES
from pipeline.store.keeping import EXPECTED, OF_EACH_PLATFORM, keep_answers
from pipeline.store.load import count_again
from pipeline.store.reports import BASES, QUESTIONS, DateBasis, Filter, ask, choose, report
from pipeline.store.standing import DATED, standing_answers
from pipeline.store.takedown import remove
from pipeline.store.telling import FIRST, NAME, Wanted, telling


@pytest.fixture
def store(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """One that a test may change."""
    with to_change(make_corpus(tmp_path)) as connection:
        yield connection


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """One that holds no answers: whatever is asked is worked out."""
    with to_change(make_corpus(tmp_path_factory.mktemp("fresh"))) as connection:
        yield connection


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same with all answers that are kept with a snapshot, however few articles they count."""
    with to_change(make_corpus(tmp_path_factory.mktemp("kept"))) as connection:
        keep_answers(connection, least=0)
        yield connection


def asked(store: duckdb.DuckDBPyConnection, question: str) -> list[tuple[object, ...]]:
    return store.execute(question).fetchall()


def test_every_current_article_counts_once_for_itself_and_once_a_subject(
    store: duckdb.DuckDBPyConnection,
) -> None:
    assert asked(store, "SELECT url FROM counted WHERE platform_id IS NULL ORDER BY url") == asked(
        store, "SELECT url FROM articles WHERE is_current ORDER BY url"
    )
    subjects = "SELECT DISTINCT article_id, platform_id FROM mentions WHERE role = 'subject' ORDER BY ALL"
    known = "SELECT article_id, platform_id FROM counted WHERE platform_id IS NOT NULL ORDER BY ALL"
    assert asked(store, known) == asked(store, subjects)


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1)])
def test_no_order_of_mentions_changes_a_sum_of_precisions(
    store: duckdb.DuckDBPyConnection, order: tuple[int, ...]
) -> None:
    """As doubles, .1 + .2 + .3 is not .3 + .2 + .1."""
    store.execute("CREATE TEMP TABLE one AS FROM mentions WHERE role = 'subject' LIMIT 1")
    store.execute("DELETE FROM mentions")
    store.execute("INSERT INTO mention_rules SELECT 'r' || n, '', '', n, 10, n / 10 FROM range(1, 4) t(n)")
    for place in order:
        store.execute(
            "INSERT INTO mentions SELECT * REPLACE ('r' || ? AS rule, ? AS char_start) FROM one",
            [place, place],
        )
    count_again(store)
    assert asked(store, "SELECT sum_precision FROM counted WHERE platform_id IS NOT NULL") == [(0.6,)]


def test_a_finding_counts_once_an_article_whomever_it_is_said_of(store: duckdb.DuckDBPyConnection) -> None:
    own = asked(
        store,
        "SELECT article_id, finding FROM counted_findings f JOIN counted_kinds USING (number)"
        " JOIN counted c USING (entry)"
        " WHERE kind = 'practice' AND c.platform_id IS NULL"
        " AND assertion = 'alleged' AND own ORDER BY ALL",
    )
    said = (
        "SELECT DISTINCT article_id, practice_id FROM practices"
        " WHERE assertion = 'alleged' AND own ORDER BY ALL"
    )
    assert own
    assert own == asked(store, said)


def test_a_practice_is_said_of_whom_it_is_attributed_to_and_advice_of_every_subject(
    store: duckdb.DuckDBPyConnection,
) -> None:
    said = (
        "SELECT DISTINCT c.article_id, c.platform_id, k.finding FROM counted_findings f"
        " JOIN counted_kinds k USING (number) JOIN counted c USING (entry)"
        " WHERE c.platform_id IS NOT NULL AND k.kind = '{}' ORDER BY ALL"
    )
    subject = "m.article_id = f.article_id AND m.role = 'subject'"
    found = "SELECT DISTINCT f.article_id, m.platform_id, f.{} FROM {} f JOIN mentions m ON {} ORDER BY ALL"
    attributed = f"{subject} AND m.platform_id = f.platform_id"
    practices = asked(store, found.format("practice_id", "practices", attributed))
    tips = asked(store, found.format("tip_id", "tip_sources", subject))
    assert practices and tips
    assert asked(store, said.format("practice")) == practices
    assert asked(store, said.format("tip")) == tips


def test_a_site_has_alone_what_stands_on_no_other(store: duckdb.DuckDBPyConnection) -> None:
    alone = "SELECT article_id FROM counted WHERE platform_id IS NULL AND exclusive ORDER BY ALL"
    told = (
        "SELECT article_id FROM articles JOIN stories USING (story_id)"
        " WHERE is_current AND sourced AND n_sites = 1 ORDER BY ALL"
    )
    assert asked(store, told)
    assert asked(store, alone) == asked(store, told)


def test_what_is_taken_down_counts_no_more(store: duckdb.DuckDBPyConnection) -> None:
    ((url, platform),) = asked(
        store,
        "SELECT url, platform_id FROM counted WHERE platform_id IS NOT NULL AND alleged_own"
        " ORDER BY ALL LIMIT 1",
    )
    before = asked(store, f"SELECT pages FROM platform_counts WHERE platform_id = '{platform}'")
    rows = asked(store, "SELECT count(*) FROM counted_findings")
    remove(store, Takedowns((Takedown(url=str(url)),)))
    after = asked(store, f"SELECT pages FROM platform_counts WHERE platform_id = '{platform}'")
    assert after == [(before[0][0] - 1,)]  # type: ignore[operator]
    assert asked(store, f"SELECT * FROM counted WHERE url = '{url}'") == []
    assert asked(store, "SELECT count(*) FROM counted_findings") < rows


Stores = tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection]


@pytest.fixture
def both(fresh: duckdb.DuckDBPyConnection, kept: duckdb.DuckDBPyConnection) -> Stores:
    return fresh, kept


@pytest.mark.parametrize("chosen", EXPECTED)
def test_what_is_answered_with_a_snapshot_is_what_the_question_answers(both: Stores, chosen: Filter) -> None:
    dated = asdict(chosen) == asdict(Filter(basis="published"))
    same_as_asked_now(both, DATED if dated else (*QUESTIONS, "denominator", *DATED), chosen)


@pytest.mark.parametrize("platform", [*PLATFORMS])
@pytest.mark.parametrize("basis", BASES)
def test_so_is_what_is_answered_of_each_platform(both: Stores, platform: str, basis: DateBasis) -> None:
    questions = DATED if basis == "published" else (*OF_EACH_PLATFORM, *DATED)
    same_as_asked_now(both, questions, Filter(platform=platform, basis=basis))


def same_as_asked_now(both: Stores, questions: Sequence[str], chosen: Filter) -> None:
    """In values, in their types and in their order."""
    fresh, kept = both
    assert not standing_answers(fresh, questions, asdict(chosen))
    asked_now = ask(fresh, questions, chosen)
    answered = standing_answers(kept, questions, asdict(chosen))
    assert answered == asked_now
    for question in questions:
        assert types(answered[question][1]) == types(asked_now[question][1]), question


def types(rows: list[dict[str, Any]]) -> list[list[type]]:
    return [[type(value) for value in row.values()] for row in rows]


@pytest.mark.parametrize(
    "chosen", [Filter(), Filter(assertion="alleged"), *(Filter(platform=one) for one in PLATFORMS)]
)
def test_the_quotes_that_are_shown_first_are_those_found_when_asked(both: Stores, chosen: Filter) -> None:
    fresh, kept = both
    asked_now = telling(fresh, Wanted(chosen), 0, FIRST)
    assert standing_answers(kept, (NAME,), asdict(chosen))
    answered = telling(kept, Wanted(chosen), 0, FIRST)
    assert answered == asked_now and types(answered) == types(asked_now)
    assert telling(kept, Wanted(chosen), 1, 2) == asked_now[1:3]
    assert [row["story_id"] for row in telling(kept, Wanted(chosen), 1, FIRST)] == [
        row["story_id"] for row in asked_now[1:]
    ]


def test_days_are_those_of_shanghai(store: duckdb.DuckDBPyConnection) -> None:
    days = "timezone('Asia/Shanghai', {})::DATE IS DISTINCT FROM {}"
    wrong = " OR ".join(
        days.format(*pair)
        for pair in (("published_at", "published_day"), ("first_seen_at", "first_seen_day"))
    )
    assert asked(store, f"SELECT * FROM counted WHERE {wrong}") == []


def test_what_nobody_was_expected_to_ask_is_counted_when_asked(kept: duckdb.DuckDBPyConnection) -> None:
    assert not standing_answers(kept, ("operators",), asdict(Filter(platform="xinglan-dai")))
    assert not standing_answers(kept, ("sites",), asdict(Filter(since=date(2024, 1, 1))))
    assert standing_answers(kept, ("sites",), asdict(Filter(basis="published")))


def test_a_takedown_ends_what_was_answered_before(store: duckdb.DuckDBPyConnection) -> None:
    keep_answers(store, least=0)
    before = report(store, "sites", Filter()).basis["articles"]
    (url,) = asked(store, "SELECT url FROM articles WHERE is_current ORDER BY url LIMIT 1")[0]
    remove(store, Takedowns((Takedown(url=str(url)),)))
    assert not standing_answers(store, ("denominator",), asdict(Filter()))  # so few are counted when asked
    assert report(store, "sites", Filter()).basis["articles"] == before - 1


def test_the_texts_of_a_few_articles_are_found_by_an_index(store: duckdb.DuckDBPyConnection) -> None:
    assert {name for (name,) in asked(store, "SELECT table_name FROM duckdb_indexes()")} == {
        "articles",
        "originals",
    }


def test_articles_are_chosen_once_and_again_when_somebody_changed_them(
    store: duckdb.DuckDBPyConnection,
) -> None:
    everything, of_one = Filter(), Filter(platform=next(iter(PLATFORMS)))
    choose(store, of_one)
    asked(store, "CREATE OR REPLACE TEMP VIEW chosen AS FROM counted LIMIT 0")
    choose(store, of_one)
    assert asked(store, "SELECT count(*) FROM chosen") == [(0,)]  # nothing was made anew
    choose(store, everything)
    QUESTION_FILES.run(store, "each-platform")
    choose(store, everything)
    assert asked(store, "SELECT DISTINCT per FROM chosen") == [(None,)]


def test_what_is_counted_for_several_reports_at_once_is_what_each_counts_alone(
    store: duckdb.DuckDBPyConnection,
) -> None:
    together = ask(store, tuple(COUNTED_KINDS), Filter(platform=next(iter(PLATFORMS))))
    for question, table in together.items():
        assert ask(store, (question,), Filter(platform=next(iter(PLATFORMS))))[question] == table
        assert table[0][0] == f"{COUNTED_KINDS[question]}_id", question
    assert all(together[question][1] for question in (*KINDS, "sites"))
