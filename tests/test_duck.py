"""DuckDB says nothing of its own among a command's results."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from invented_corpus import make_corpus

from crawler.takedowns import Takedown, add_takedowns
from pipeline.duck import opened
from pipeline.room import BUILD_MIB, FEW_PAGES
from pipeline.store.load import open_store
from pipeline.store.takedown import ensure_applied

ROOT = Path(__file__).parents[1]


def test_a_long_query_draws_no_bar_and_asks_for_no_extension(tmp_path: Path) -> None:
    for path in (None, tmp_path / "store.duckdb"):
        with opened(path) as connection:
            asked = ("enable_progress_bar", "autoload_known_extensions", "TimeZone")
            said = [
                connection.execute("SELECT current_setting(?)", [name]).fetchall()[0][0] for name in asked
            ]
            assert said == [False, False, "UTC"]


def test_every_database_is_opened_so() -> None:
    sources = [
        path for package in ("pipeline", "yuqi", "explorer") for path in (ROOT / package).rglob("*.py")
    ]
    opening = [path.name for path in sources if "duckdb.connect(" in path.read_text(encoding="utf-8")]
    assert opening == ["duck.py"]


def test_a_store_that_is_rewritten_is_copied_in_bounded_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = []

    def seen(path: Path | None = None, **more: Any) -> duckdb.DuckDBPyConnection:
        connection = opened(path, **more)
        asked = "SELECT parse_formatted_bytes(current_setting('memory_limit'))"
        limits.extend(connection.execute(asked).fetchone() if path is None else ())
        return connection

    place = make_corpus(tmp_path)
    add_takedowns(place.takedowns, [Takedown(site="site0")])
    monkeypatch.setattr("pipeline.store.takedown.opened", seen)
    ensure_applied(place)
    assert len(limits) == 1 and limits[0] <= BUILD_MIB * 2**20


def test_a_store_that_is_filled_sorts_more_than_its_memory_beside_itself(tmp_path: Path) -> None:
    path = tmp_path / ".corpus.1"
    with open_store(path) as store:
        said = store.execute(
            "SELECT parse_formatted_bytes(current_setting('memory_limit')), current_setting('temp_directory')"
        ).fetchall()
        store.execute("SET memory_limit = '64MiB'")
        store.execute("CREATE TABLE sorted AS SELECT md5(range::text) AS a FROM range(2_000_000) ORDER BY a")
        spilt = Path(f"{path}.tmp").exists()
    ((held, beside),) = said
    assert held <= BUILD_MIB * 2**20
    assert beside == f"{path}.tmp"
    assert spilt


def test_of_few_pages_a_store_asks_with_one_thread(tmp_path: Path) -> None:
    def threads(pages: int) -> int:
        with open_store(tmp_path / f"{pages}.duckdb", pages) as store:
            ((told,),) = store.execute("SELECT current_setting('threads')").fetchall()
        return int(told)

    with opened() as usual:
        ((as_usual,),) = usual.execute("SELECT current_setting('threads')").fetchall()
    assert (threads(FEW_PAGES - 1), threads(FEW_PAGES)) == (1, as_usual)
