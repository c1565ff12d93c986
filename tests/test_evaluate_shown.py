"""What the method page shows is what `yuqi evaluate` wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_evaluate import gold  # noqa: F401 (a fixture)

from crawler.definitions import DefinitionError
from explorer.method import MEASURED_FILE, measured, shown_keys
from pipeline.evaluate.figures import Figure, share
from pipeline.evaluate.shown import read_shown, shown, write_shown
from yuqi.cli import run

KEYS = [("gold", "platforms-recall"), ("samples", "tips-recall"), ("gold", "lengths")]


def test_a_run_writes_shares_with_their_intervals_and_keeps_what_it_did_not_measure(tmp_path: Path) -> None:
    path = tmp_path / "measured.toml"
    write_shown(path, shown([share("samples", "tips-recall", 9, 12)], KEYS), KEYS)
    figures = [share("gold", "platforms-recall", 20, 20), Figure("gold", "lengths", 1.5, 7)]
    write_shown(path, shown([*figures, share("gold", "laws-recall", 0, 0)], KEYS), KEYS)
    held = read_shown(path)
    assert list(held) == [("gold", "platforms-recall"), ("samples", "tips-recall")]
    first = held["gold", "platforms-recall"]
    assert (first.right, first.of, first.share, first.low, first.high) == (20, 20, 1.0, 0.8389, 1.0)


def test_what_is_shown_no_more_leaves_the_file(tmp_path: Path) -> None:
    path = tmp_path / "measured.toml"
    write_shown(path, shown([share("samples", "tips-recall", 9, 12)], KEYS), KEYS)
    write_shown(path, {}, KEYS[:1])
    assert read_shown(path) == {}


def test_a_file_that_is_no_file_of_figures_is_named(tmp_path: Path) -> None:
    path = tmp_path / "measured.toml"
    path.write_text("[gold]\nplatforms-recall = 1\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"measured\.toml"):
        read_shown(path)


def test_gold_data_of_somebody_else_reach_only_the_file_that_is_asked_for(
    gold: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    path, bundled = tmp_path / "quality.toml", MEASURED_FILE.read_bytes()
    run(["evaluate", "--gold", str(gold)])
    run(["evaluate", "--gold", str(gold), "--quality", str(path)])
    assert MEASURED_FILE.read_bytes() == bundled
    assert read_shown(path)["gold", "platforms-recall"].of == 1


def test_the_page_shows_every_written_figure_and_each_measure_is_one_that_is_known() -> None:
    rows = measured()
    assert len(rows) == len(read_shown(MEASURED_FILE)) > 0
    assert all(row["low"] <= row["share"] <= row["high"] for row in rows)
    assert {row["basis"] for row in rows} <= {"held-out", "in-sample", "synthetic"}
    assert len(set(shown_keys())) == len(shown_keys())
