"""DuckDB says nothing of its own among a command's results."""

from __future__ import annotations

from pathlib import Path

from pipeline.duck import opened

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
