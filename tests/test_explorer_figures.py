"""Every figure that the explorer shows, counted again from mentions, stories and templates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from explorer_client import client, file, page
from invented_corpus import default_articles, make_corpus
from recount import FIVE, Recount
from starlette.testclient import TestClient

from crawler.workspace import Workspace
from pipeline.store.reader import open_latest

Rows = list[dict[str, Any]]
IDENTITY = {
    "platforms": ("platform_id",), "practices": ("practice_id", "assertion", "own"), "tips": ("tip_id",),
    "laws": ("law_id",), "templates": ("template_id",), "operators": ("operator_id",), "sites": ("site_id",),
}  # fmt: skip
TABLES = (
    "articles",
    "pages",
    "sites",
    "mentions",
    "practices",
    "tip_sources",
    "laws",
    "stories",
    "templates",
    "platforms",
)


class Plain:
    """The rows of the tables, and nothing else of the store."""

    def __init__(self, workspace: Workspace) -> None:
        with open_latest(workspace) as connection:
            self.tables: dict[str, Rows] = {
                name: connection.sql(f"FROM {name}").to_arrow_table().to_pylist() for name in TABLES
            }
            held = Recount(connection)
            self.counts = {name: getattr(held, name)() for name in IDENTITY}
            self.allegations = held.allegations()
        self.current = {row["article_id"]: row for row in self.tables["articles"] if row["is_current"]}
        self.state = {row["url"]: row["state"] for row in self.tables["pages"]}

    def subjects(self, platform: str) -> set[str]:
        return {
            row["article_id"]
            for row in self.tables["mentions"]
            if row["role"] == "subject"
            and row["platform_id"] == platform
            and row["article_id"] in self.current
        }


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_corpus(tmp_path_factory.mktemp("figures"))


@pytest.fixture(scope="module")
def plain(workspace: Workspace) -> Plain:
    return Plain(workspace)


@pytest.fixture(scope="module")
def asked(plain: Plain, workspace: Workspace) -> Iterator[TestClient]:
    with client(workspace) as held:
        yield held


@pytest.mark.parametrize("question", IDENTITY)
def test_the_five_counts_of_every_report(asked: TestClient, plain: Plain, question: str) -> None:
    url = "/" if question == "platforms" else f"/reports/{question}"
    shown = {}
    for row in file(asked, url)["rows"]:
        key = tuple(row[name] for name in IDENTITY[question])
        shown[key if len(key) > 1 else key[0]] = tuple(row[name] for name in FIVE)
    assert shown == plain.counts[question]
    on_screen = page(asked, url).tables[question]
    assert [tuple(int(row[name]) for name in FIVE) for row in on_screen] == list(shown.values())


def test_the_counts_of_the_whole_corpus(asked: TestClient, plain: Plain) -> None:
    shown = page(asked, "/").counts
    sourced = [row for row in plain.current.values() if row["sourced"]]
    operator = {row["site_id"]: row["operator_id"] or row["site_id"] for row in plain.tables["sites"]}
    assert {name: int(value) for name, value in shown.items()} == {
        "pages": len(plain.tables["pages"]),
        "articles": len(plain.current),
        "stories": len({row["story_id"] for row in plain.current.values()}),
        "templates": len({row["template_id"] or row["story_id"] for row in plain.current.values()}),
        "sites": len({row["site_id"] for row in sourced}),
        "operators": len({operator[row["site_id"]] for row in sourced}),
    }


@pytest.mark.parametrize("platform", ["xinglan-dai", "maiyu-jinrong", "heting-xiaodai"])
def test_the_figures_of_a_platforms_page(asked: TestClient, plain: Plain, platform: str) -> None:
    shown = {name: int(value) for name, value in page(asked, f"/platform/{platform}").counts.items()}
    urls = {plain.current[article]["url"] for article in plain.subjects(platform)}
    own, operators, templated, claimed = plain.allegations.get(platform, (0, 0, 0, 0))
    assert tuple(shown[name] for name in FIVE) == plain.counts["platforms"][platform]
    assert (shown["alleged_own_stories"], shown["alleged_own_operators"]) == (own, operators)
    assert (shown["alleged_templated_stories"], shown["claimed_stories"]) == (templated, claimed)
    assert shown["live_pages"] == sum(plain.state[url] == "live" for url in urls)
    assert shown["gone_pages"] == sum(plain.state[url] in ("gone", "soft-404") for url in urls)
    undated = {
        plain.current[a]["url"] for a in plain.subjects(platform) if not plain.current[a]["published_at"]
    }
    assert shown["undated_pages"] == len(undated)


@pytest.mark.parametrize("platform", ["xinglan-dai", "maiyu-jinrong"])
def test_the_reports_on_a_platforms_page_count_its_articles_only(
    asked: TestClient, plain: Plain, platform: str
) -> None:
    held = plain.subjects(platform)
    for name, table, column in (("tips", "tip_sources", "tip_id"), ("laws", "laws", "law_id")):
        stories = defaultdict(set)
        for row in plain.tables[table]:
            if row["article_id"] in held:
                stories[row[column]].add(plain.current[row["article_id"]]["story_id"])
        shown = {row[column]: row["stories"] for row in file(asked, f"/platform/{platform}", name)["rows"]}
        assert shown == {key: len(value) for key, value in stories.items()}
    sites = Counter(plain.current[article]["site_id"] for article in held)
    shown = {row["site_id"]: row["pages"] for row in file(asked, f"/platform/{platform}", "sites")["rows"]}
    assert shown == dict(sites)


def test_the_months(asked: TestClient, plain: Plain) -> None:
    stories, gone = defaultdict(set), defaultdict(set)
    for row in plain.current.values():
        if at := row["published_at"]:  # nothing of this corpus is near the end of a month
            stories[at.strftime("%Y-%m-01")].add(row["story_id"])
            gone[at.strftime("%Y-%m-01")] |= {row["url"]} if plain.state[row["url"]] == "gone" else set()
    shown = file(asked, "/?date=published", "months")["rows"]
    assert {row["month"]: row["stories"] for row in shown} == {k: len(v) for k, v in stories.items()}
    assert {row["month"]: row["gone_pages"] for row in shown} == {k: len(v) for k, v in gone.items()}


def test_no_month_is_shown_where_all_was_found_on_the_day_a_site_was_first_seen(asked: TestClient) -> None:
    assert file(asked, "/?date=first-seen", "months")["rows"] == []
    assert "<svg" not in asked.get("/?date=first-seen").text


@pytest.mark.parametrize("assertion", ["alleged", "claimed-practice", None])
def test_the_evidence_has_each_story_once_and_its_copies(
    asked: TestClient, plain: Plain, assertion: str | None
) -> None:
    stories: dict[str, set[str]] = defaultdict(set)
    for row in plain.tables["practices"]:
        article = plain.current.get(row["article_id"])
        if article and assertion in (None, row["assertion"]):
            stories[article["story_id"]].add(article["url"])
    held = file(asked, "/evidence" + (f"?assertion={assertion}" if assertion else ""))
    assert {row["story_id"]: row["pages"] for row in held["rows"]} == {k: len(v) for k, v in stories.items()}
    assert held["found"] == len(stories) == len(held["rows"])
    for row in held["rows"]:
        article = plain.current[row["article_id"]]
        assert article[row["field"]][row["char_start"] : row["char_end"]] == row["quote"]


def test_templates_and_stories_say_what_their_tables_say(asked: TestClient, plain: Plain) -> None:
    for row in plain.tables["templates"]:
        shown = page(asked, f"/template/{row['template_id']}").counts
        assert tuple(int(shown[name]) for name in FIVE) == plain.counts["templates"][row["template_id"]]
    for row in plain.tables["stories"]:
        shown = page(asked, f"/story/{row['story_id']}").counts
        held = [one for one in plain.current.values() if one["story_id"] == row["story_id"]]
        assert int(shown["pages"]) == len({one["url"] for one in held})
        assert int(shown["sites"]) == len({one["site_id"] for one in held if one["sourced"]})


def test_gone_pages_count(asked: TestClient, tmp_path: Path) -> None:
    told = [one for one in default_articles() if one.state == "gone"]
    assert told
    row = next(r for r in file(asked, "/")["rows"] if r["platform_id"] == "xinglan-dai")
    assert row["gone_pages"] == len(told) and row["pages"] == row["live_pages"] + row["gone_pages"]
