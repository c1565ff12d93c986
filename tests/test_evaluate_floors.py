"""Floors in their file: they rise by command and fall with a reason only."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.definitions import DefinitionError
from pipeline.evaluate import Figure, Floor, judged, load_floors, lowered, raised, write_floors

F1, EXTRA = ("samples", "text-f1"), ("samples", "articles-extra")
FLOORS = {F1: Floor(at_least=0.97), EXTRA: Floor(at_most=2)}


def f1(value: float | None) -> Figure:
    return Figure(*F1, value, 10)


def extra(value: float) -> Figure:
    return Figure(*EXTRA, value, 10, "high")


def test_a_figure_below_its_floor_or_above_its_ceiling_does_not_hold() -> None:
    assert [row.ok for row in judged([f1(0.96), extra(3)], FLOORS)] == [False, False]
    assert [row.ok for row in judged([f1(0.97), extra(2)], FLOORS)] == [True, True]


def test_what_was_not_measured_or_has_no_floor_is_neither_right_nor_wrong() -> None:
    other = Figure("samples", "new", 0.1, 1)
    assert [row.ok for row in judged([f1(None), other], FLOORS)] == [None, None]


def test_raising_never_lowers_and_rounds_so_that_the_figure_holds() -> None:
    new = raised(FLOORS, [f1(0.98765), extra(5), Figure("gold", "rate", 0.00011, 9, "high")])
    assert new[F1] == Floor(at_least=0.9876)
    assert new[EXTRA] == FLOORS[EXTRA]
    assert new["gold", "rate"] == Floor(at_most=0.0002)
    assert raised(FLOORS, [f1(0.5), extra(0)]) == {F1: FLOORS[F1], EXTRA: Floor(at_most=0)}


def test_a_figure_that_is_only_told_gets_no_floor() -> None:
    assert raised({}, [Figure("extraction", "time", 2.0, 9, None), f1(None)]) == {}


def test_lowering_touches_only_what_does_not_hold_and_keeps_the_reason() -> None:
    new = lowered(FLOORS, [f1(0.9), extra(1), Figure("samples", "new", 0.1, 1)], "harder samples")
    assert new == {F1: Floor(at_least=0.9, reason="harder samples"), EXTRA: FLOORS[EXTRA]}


def test_a_fixed_floor_is_not_raised_and_stays_fixed_when_it_is_lowered() -> None:
    floors = {F1: Floor(at_least=0.9, fixed=True)}
    assert raised(floors, [f1(1.0)]) == floors
    assert lowered(floors, [f1(0.8)], "why")[F1] == Floor(at_least=0.8, fixed=True, reason="why")


def test_a_figure_holds_the_floor_that_it_gave() -> None:
    for value in (0.7, 1 / 3, 0.99995, 1.0, 0.0):
        assert judged([f1(value)], raised({}, [f1(value)]))[0].ok


def test_the_file_gives_back_what_was_written(tmp_path: Path) -> None:
    floors = {**FLOORS, F1: Floor(at_least=0.0, fixed=True, reason='"harder"\n样本')}
    write_floors(tmp_path / "floors.toml", floors)
    assert load_floors(tmp_path / "floors.toml") == floors
    assert load_floors(tmp_path / "none.toml") == {}


@pytest.mark.parametrize(
    "row", ["{ atleast = 1 }", "{ reason = 'x' }", "{ at_least = 1, at_most = 1 }", "1", "{ at_least = 'x' }"]
)
def test_a_broken_floors_file_is_named(row: str, tmp_path: Path) -> None:
    (tmp_path / "floors.toml").write_text(f"[samples]\ntext-f1 = {row}\n")
    with pytest.raises(DefinitionError, match=r"floors\.toml"):
        load_floors(tmp_path / "floors.toml")
