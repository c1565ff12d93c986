"""The figures of pages of operators, unknown names and searches, by SQL over the plain tables alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from explorer_client import client, file, page
from invented_corpus import default_articles, make_corpus, to_change
from invented_rows import STRANGER
from recount import FIVE
from starlette.testclient import TestClient

from crawler.workspace import Workspace
from pipeline.records import NameHint
from pipeline.store.load import insert

# Of the articles in `held`, whatever they have in common.
COUNTED = """
SELECT count(DISTINCT url), count(DISTINCT story_id), count(DISTINCT coalesce(template_id, story_id)),
       count(DISTINCT site_id) FILTER (sourced),
       count(DISTINCT coalesce(operator_id, site_id)) FILTER (sourced)
FROM articles LEFT JOIN (SELECT site_id, operator_id FROM sites) USING (site_id)
WHERE is_current AND article_id IN (FROM held)
"""
NAMED = """
SELECT article_id FROM (SELECT article_id, surface FROM name_hints
                        UNION SELECT article_id, surface FROM unlisted_names)
WHERE surface = $key AND surface NOT IN (SELECT alias FROM platform_aliases)
"""
OWNED = """
SELECT article_id FROM articles JOIN sites USING (site_id) WHERE operator_id = $key AND sourced AND is_current
"""
SAYING = "SELECT article_id FROM articles WHERE contains(title, $key) OR contains(text, $key)"
HINTED = "鹤汀分期"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """With a word on no list that three pages say, one of them in its title."""
    place = make_corpus(tmp_path_factory.mktemp("recounted"))
    told = [one for one in default_articles() if one.own]
    hints = [
        NameHint(one.id, "title" if n == 0 else "text", 0, len(HINTED), HINTED, n + 1, 1, n == 0, True, True)
        for n, one in enumerate(told[1:4])
    ]
    with to_change(place) as store:
        insert(store, NameHint, hints)
    return place


@pytest.fixture(scope="module")
def plain(
    workspace: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy: one process opens a file once, and the explorer has the snapshot."""
    copy = shutil.copyfile(workspace.latest, tmp_path_factory.mktemp("plain") / "copy.duckdb")
    with duckdb.connect(str(copy), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def asked(workspace: Workspace) -> Iterator[TestClient]:
    with client(workspace) as held:
        yield held


def counted(plain: duckdb.DuckDBPyConnection, members: str, key: str) -> tuple[int, ...]:
    return tuple(rows(plain, f"WITH held AS ({members}) {COUNTED}", key)[0])


def rows(plain: duckdb.DuckDBPyConnection, query: str, key: str) -> list[tuple[Any, ...]]:
    return plain.execute(query, {"key": key}).fetchall()


def shown(counts: dict[str, str]) -> tuple[int, ...]:
    return tuple(int(counts[name]) for name in FIVE)


def test_an_operators_page(plain: duckdb.DuckDBPyConnection, asked: TestClient) -> None:
    url = "/operator/op-000000000001"
    assert shown(page(asked, url).counts) == counted(plain, OWNED, "op-000000000001")
    members = """
        SELECT s.site_id, count(DISTINCT a.url), count(DISTINCT a.story_id),
               count(DISTINCT coalesce(a.template_id, a.story_id))
        FROM sites s LEFT JOIN (FROM articles WHERE is_current AND sourced) a USING (site_id)
        WHERE s.operator_id = $key GROUP BY ALL ORDER BY ALL
    """
    on_page = [
        (row["site_id"], row["pages"], row["stories"], row["templates"])
        for row in file(asked, url, "sites")["rows"]
    ]
    assert on_page == rows(plain, members, "op-000000000001")
    evidence = """
        SELECT ordinal, kind, site_id, n_pages, page_share FROM operator_evidence WHERE operator_id = $key
    """
    told = [
        (row["ordinal"], row["kind"], row["site_id"], row["n_pages"], row["page_share"])
        for row in file(asked, url, "shared")["rows"]
    ]
    assert sorted(told) == sorted(rows(plain, evidence, "op-000000000001"))


@pytest.mark.parametrize("name", [HINTED, STRANGER])
def test_the_page_of_names_on_no_list(plain: duckdb.DuckDBPyConnection, asked: TestClient, name: str) -> None:
    (row,) = (one for one in file(asked, "/reports/unknown-platforms")["rows"] if one["name"] == name)
    assert tuple(row[level] for level in FIVE) == counted(plain, NAMED, name)
    table = page(asked, "/reports/unknown-platforms").tables["unknown-platforms"]
    on_screen = next(one for one in table if one["name"] == name)
    assert shown(on_screen) == tuple(row[level] for level in FIVE)
    places = """
        SELECT coalesce(sum(hits), 0), coalesce(max(cues), 0), count(DISTINCT article_id) FILTER (in_title)
        FROM name_hints WHERE surface = $key
    """
    slots = "SELECT count(DISTINCT article_id) FROM unlisted_names WHERE surface = $key"
    assert [(row["hits"], row["cues"], row["titles"])] == rows(plain, places, name)
    assert [(row["slots"],)] == rows(plain, slots, name)
    field = row["field"]  # title or text
    said = rows(plain, f"SELECT {field} FROM articles WHERE article_id = $key", row["article_id"])
    assert said[0][0][max(0, row["char_start"] - 20) : row["char_end"] + 20] == row["quote"]


def test_a_known_name_is_on_that_page_no_more(plain: duckdb.DuckDBPyConnection, asked: TestClient) -> None:
    known = {alias for (alias,) in rows(plain, "SELECT alias FROM platform_aliases WHERE $key = ''", "")}
    assert known and not known & {row["name"] for row in file(asked, "/reports/unknown-platforms")["rows"]}


@pytest.mark.parametrize("phrase", ["保留证据", "星蓝贷", "问", "第3位", "不存在的话"])
def test_a_searchs_counts(plain: duckdb.DuckDBPyConnection, asked: TestClient, phrase: str) -> None:
    found = page(asked, f"/search?q={phrase}")
    assert shown(found.counts) == counted(plain, SAYING, phrase)
    listed = file(asked, f"/search?q={phrase}")
    assert listed["found"] == len(listed["rows"]) == counted(plain, SAYING, phrase)[0]


def test_a_filtered_searchs_counts(plain: duckdb.DuckDBPyConnection, asked: TestClient) -> None:
    chosen = SAYING.replace("WHERE", "WHERE site_id = 'site1' AND (") + ")"
    assert shown(page(asked, "/search?q=星蓝贷&site=site1").counts) == counted(plain, chosen, "星蓝贷")
