"""Every figure of every report counted again, by SQL that shares nothing with the reports' own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from invented_corpus import make_corpus

from crawler.workspace import Workspace
from pipeline.store.reader import open_latest
from pipeline.store.reports import QUESTIONS, Filter, report

# Per question: which articles belong to which row, from the plain tables. A row's key is its first column.
MEMBERS = {
    "platforms": "SELECT DISTINCT platform_id AS key, article_id FROM mentions WHERE role = 'subject'",
    "tips": "SELECT DISTINCT tip_id AS key, article_id FROM tip_sources",
    "laws": "SELECT DISTINCT law_id AS key, article_id FROM laws",
    "templates": "SELECT template_id AS key, article_id FROM articles WHERE template_id IS NOT NULL",
    "operators": "SELECT operator_id AS key, article_id FROM articles JOIN sites USING (site_id)"
    " WHERE operator_id IS NOT NULL AND sourced",
    "sites": "SELECT site_id AS key, article_id FROM articles",
    "unknown-platforms": "SELECT DISTINCT surface AS key, article_id FROM unlisted_names"
    " WHERE surface NOT IN (SELECT alias FROM platform_aliases)",
    "tip-candidates": "SELECT DISTINCT surface AS key, article_id FROM tip_candidates",
}
ABOUT = "AND p.platform_id = m.key"  # a platform's row counts what is said of it
FIGURES = {
    "pages": "SELECT count(DISTINCT url)",
    "stories": "SELECT count(DISTINCT story_id)",
    "templates": "SELECT count(DISTINCT coalesce(template_id, story_id))",
    "sites": "SELECT count(DISTINCT site_id) FILTER (sourced)",
    "operators": "SELECT count(DISTINCT (SELECT coalesce(operator_id, s.site_id) FROM sites s"
    " WHERE s.site_id = a.site_id)) FILTER (sourced)",
    "gone_pages": "SELECT count(DISTINCT url) FILTER (url IN (SELECT url FROM pages"
    " WHERE state IN ('gone', 'soft-404')))",
    "live_pages": "SELECT count(DISTINCT url) FILTER (url IN (SELECT url FROM pages WHERE state = 'live'))",
    "undated_pages": "SELECT count(DISTINCT url) FILTER (published_at IS NULL)",
    "undated_share": "SELECT round(avg((published_at IS NULL)::INT), 4)",
    "first_seen": "SELECT min((SELECT first_seen_at FROM pages g WHERE g.url = a.url))",
    "last_seen": "SELECT max((SELECT coalesce(last_seen_at, first_seen_at) FROM pages g"
    " WHERE g.url = a.url))",
    "ambiguous_share": "SELECT round(avg(coalesce((SELECT bool_and(tier IN ('C', 'D'))::INT FROM mentions n"
    " WHERE n.article_id = a.article_id AND n.role = 'subject'), 0)), 4)",
}
ALLEGED = {
    "alleged_own_stories": "p.assertion = 'alleged' AND p.own",
    "alleged_templated_stories": "p.assertion = 'alleged' AND NOT p.own",
    "claimed_stories": "p.assertion = 'claimed-practice'",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_corpus(tmp_path_factory.mktemp("corpus"))


@pytest.fixture
def corpus(workspace: Workspace) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_latest(workspace) as connection:
        yield connection


def counted(corpus: duckdb.DuckDBPyConnection, question: str, figure: str, key: object) -> Any:
    members = f"WITH m AS ({MEMBERS[question]})"
    rows = "FROM articles a JOIN m USING (article_id) WHERE a.is_current AND m.key = $key"
    if figure in ALLEGED:
        about = ABOUT if question == "platforms" else "AND p.platform_id IS NOT NULL"
        said = f"EXISTS (FROM practices p WHERE p.article_id = a.article_id AND {ALLEGED[figure]} {about})"
        query = f"{members} SELECT count(DISTINCT a.story_id) {rows} AND {said}"
    else:
        query = f"{members} {FIGURES[figure]} {rows}"
    found = corpus.execute(query, {"key": key}).fetchone()
    assert found is not None
    return found[0]


@pytest.mark.parametrize("question", MEMBERS)
def test_every_figure_is_what_the_plain_tables_say(question: str, corpus: duckdb.DuckDBPyConnection) -> None:
    found = report(corpus, question, Filter())
    key = found.columns[0]
    keys = (
        f"WITH m AS ({MEMBERS[question]})"
        " SELECT count(DISTINCT key) FROM m JOIN articles USING (article_id) WHERE is_current"
    )
    assert corpus.execute(keys).fetchall() == [(len(found.rows),)]
    for row in found.rows:
        for figure in (*FIGURES, *ALLEGED):
            if figure in row:
                assert row[figure] == counted(corpus, question, figure, row[key]), (row[key], figure)


def test_every_row_says_what_it_must(corpus: duckdb.DuckDBPyConnection) -> None:
    for question in QUESTIONS:
        held = set(report(corpus, question, Filter()).columns)
        assert {"pages", "stories", "templates", "sites", "operators", "first_seen", "last_seen"} <= held
        assert {"undated_pages", "ambiguous_share", "gone_pages"} <= held
        assert {"alleged_own_stories", "claimed_stories"} <= held or "assertion" in held


def test_the_figures_of_each_practice_are_those_of_its_assertion(corpus: duckdb.DuckDBPyConnection) -> None:
    for row in report(corpus, "practices", Filter()).rows:
        said = "practice_id = $practice AND assertion = $assertion AND (assertion <> 'alleged' OR own = $own)"
        values = {"practice": row["practice_id"], "assertion": row["assertion"], "own": row["own"]}
        assert corpus.execute(
            "SELECT count(DISTINCT url), count(DISTINCT story_id) FROM articles a WHERE is_current AND EXISTS"
            f" (FROM practices p WHERE p.article_id = a.article_id AND {said})",
            values,
        ).fetchone() == (row["pages"], row["stories"])
