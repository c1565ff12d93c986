"""What is kept and narrowed gives the same articles as the question asked in full."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from invented_corpus import make_corpus

from explorer.asked import read_asked
from explorer.choosing import chosen_articles
from explorer.desk import Desk
from explorer.shelf import Shelf
from pipeline.store.reports import Filter, choose
from yuqi.commands.serve import said_as_reports_are

DAYS = (None, date(2024, 5, 1), date(2024, 5, 2))
FILTERS = [
    Filter(platform=platform, site=site, state=state, since=since, basis=basis)  # type: ignore[arg-type]
    for platform, site, state, since, basis in product(
        (None, "xinglan-dai", "麦屿金融"),
        (None, "site1"),
        (None, "live", "gone"),
        DAYS,
        ("published", "first-seen"),
    )
] + [Filter(assertion="alleged"), Filter(practice="contacting-others", until=date(2024, 5, 1))]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    place = make_corpus(tmp_path_factory.mktemp("choosing"))
    shelf = Shelf(place)
    with shelf.reading() as (opened, cursor):
        yield Desk(place, opened, cursor, read_asked("/", (), ""), said_as_reports_are(place))
    shelf.close()


def rows(desk: Desk) -> list[Any]:
    return sorted(desk.connection.execute("FROM chosen").fetchall(), key=repr)


def test_narrowing_gives_what_choosing_gives(desk: Desk) -> None:
    seen = set()
    for wanted in FILTERS:
        bound = chosen_articles(desk, wanted)
        narrowed = rows(desk)
        assert bound == choose(desk.connection, wanted), wanted
        assert narrowed == rows(desk), wanted
        seen.add(len(narrowed))
    assert len(seen) > 4


def test_paths_of_the_kept_rows_are_not_left_behind(desk: Desk, tmp_path: Path) -> None:
    chosen_articles(desk, Filter())
    names = {row[0] for row in desk.connection.execute("SELECT view_name FROM duckdb_views()").fetchall()}
    assert "kept_chosen" not in names
