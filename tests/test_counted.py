"""What is worked out with a snapshot says no more than the tables that it was worked out from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

import duckdb
import pytest
from invented_corpus import make_corpus, to_change

from crawler.takedowns import Takedown, Takedowns
from pipeline.store.keeping import EXPECTED, keep_answers
from pipeline.store.reports import QUESTION_FILES, QUESTIONS, Filter, choose, own_parameters, report
from pipeline.store.standing import DATED, standing_answer
from pipeline.store.takedown import remove


@pytest.fixture
def store(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with to_change(make_corpus(tmp_path)) as connection:
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


def test_a_finding_counts_once_an_article_whomever_it_is_said_of(store: duckdb.DuckDBPyConnection) -> None:
    own = asked(
        store,
        "SELECT article_id, finding FROM counted_findings f JOIN counted_kinds USING (number)"
        " JOIN counted c USING (article)"
        " WHERE kind = 'practice' AND f.platform_id IS NULL AND c.platform_id IS NULL"
        " AND assertion = 'alleged' AND own ORDER BY ALL",
    )
    said = (
        "SELECT DISTINCT article_id, practice_id FROM practices"
        " WHERE assertion = 'alleged' AND own ORDER BY ALL"
    )
    assert own
    assert own == asked(store, said)


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


@pytest.mark.parametrize("chosen", EXPECTED)
def test_what_is_answered_with_a_snapshot_is_what_the_question_answers(
    store: duckdb.DuckDBPyConnection, chosen: Filter
) -> None:
    keep_answers(store, least=0)
    dated = asdict(chosen) == asdict(Filter(basis="published"))
    for question in DATED if dated else (*QUESTIONS, "denominator", *DATED):
        kept = standing_answer(store, question, asdict(chosen))
        own = own_parameters(question, choose(store, chosen))
        asked_now = QUESTION_FILES.table(store, question, **own)
        assert kept == asked_now, question
        assert [[type(value) for value in row.values()] for row in kept[1]] == [
            [type(value) for value in row.values()] for row in asked_now[1]
        ], question


def test_what_nobody_was_expected_to_ask_is_counted_when_asked(store: duckdb.DuckDBPyConnection) -> None:
    keep_answers(store, least=0)
    assert standing_answer(store, "platforms", asdict(Filter(platform="xinglan-dai"))) is None
    assert standing_answer(store, "sites", asdict(Filter(since=date(2024, 1, 1)))) is None
    assert standing_answer(store, "sites", asdict(Filter(basis="published"))) is not None


def test_a_takedown_ends_what_was_answered_before(store: duckdb.DuckDBPyConnection) -> None:
    keep_answers(store, least=0)
    before = report(store, "sites", Filter()).basis["articles"]
    (url,) = asked(store, "SELECT url FROM articles WHERE is_current ORDER BY url LIMIT 1")[0]
    remove(store, Takedowns((Takedown(url=str(url)),)))
    assert standing_answer(store, "denominator", asdict(Filter())) is None  # so few are counted when asked
    assert report(store, "sites", Filter()).basis["articles"] == before - 1


def test_the_texts_of_a_few_articles_are_found_by_an_index(store: duckdb.DuckDBPyConnection) -> None:
    assert {name for (name,) in asked(store, "SELECT table_name FROM duckdb_indexes()")} == {
        "articles",
        "originals",
    }
