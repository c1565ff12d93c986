"""What is worked out with a snapshot says no more than the tables that it was worked out from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from invented_corpus import make_corpus

from crawler.takedowns import Takedown, Takedowns
from pipeline.store.load import open_store
from pipeline.store.takedown import remove


@pytest.fixture
def store(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    snapshot = make_corpus(tmp_path).latest.resolve()
    snapshot.chmod(0o644)
    with open_store(snapshot) as connection:
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
        "SELECT article_id, finding FROM counted_findings f JOIN counted c USING (article)"
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
