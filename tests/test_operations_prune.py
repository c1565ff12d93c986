"""Retention: which snapshots stay, and that nothing else is touched."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_corpus import make_corpus
from invented_rows import SNAPSHOT

from crawler.workspace import Workspace, open_workspace
from pipeline.store.pins import pin, pins
from pipeline.store.retention import kept
from pipeline.store.snapshot import point_to
from yuqi.cli import run
from yuqi.lock import alone

NAMES = st.lists(
    st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31)).map(lambda m: m.strftime("%Y%m%dT%H%M%SZ"))
)


def prune(place: Workspace, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, dict]:
    capsys.readouterr()
    assert run(["prune", "--format", "json", "--workspace", str(place.root), *more]) == 0
    return {row["snapshot"]: row for row in json.loads(capsys.readouterr().out)}


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """A snapshot a day, of 501 days, each with a search index."""
    (tmp_path / "yuqi.toml").write_text("synthetic = true\n", encoding="utf-8")
    place = open_workspace(tmp_path)
    fill(place)
    (place.snapshots / f"{SNAPSHOT}.duckdb").write_bytes(b"x" * 10)
    point_to(place, place.snapshots / f"{SNAPSHOT}.duckdb")
    return place


def fill(place: Workspace) -> None:
    for day in range(1, 501):
        name = f"{datetime(2024, 5, 2, tzinfo=UTC) - timedelta(days=day):%Y%m%dT%H%M%SZ}"
        (place.snapshots / f"{name}.duckdb").write_bytes(b"x" * 10)
        (place.snapshots / f"{name}.search").mkdir()
        (place.snapshots / f"{name}.search" / "index").write_bytes(b"x" * 5)


def test_fourteen_days_and_twelve_months_stay_and_the_rest_goes_with_its_index(
    place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    (place.snapshots / "notes.duckdb").write_bytes(b"somebody's own")
    told = prune(place, capsys, "--dry-run")
    assert len(told) == 501 and len(list(place.snapshots.glob("*.search"))) == 500
    prune(place, capsys)
    left = sorted(path.stem for path in place.snapshots.glob("2*.duckdb"))
    assert len(left) == 14 + 10  # of the twelve months two have a daily one already
    assert SNAPSHOT in left and place.latest.exists()
    assert "20240419T000000Z" in left and "20240418T000000Z" not in left
    assert "20230630T000000Z" in left and "20230531T000000Z" not in left
    assert {path.stem for path in place.snapshots.glob("*.search")} <= set(left)
    assert (place.snapshots / "notes.duckdb").exists()
    assert {one["action"] for one in prune(place, capsys).values()} == {"kept"}


def test_what_a_release_was_made_from_or_is_pinned_stays_for_good(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = make_corpus(tmp_path / "w")
    fill(place)
    settings = place.root / "yuqi.toml"
    said = settings.read_text(encoding="utf-8")
    settings.write_text(
        said + '[retention]\ndaily = 1\nmonthly = 0\npinned = ["20230101T000000Z"]\n', "utf-8"
    )
    assert run(["release", "--version", "1.0.0", "--workspace", str(place.root)]) == 0
    assert pins(place) == [(SNAPSHOT, "release 1.0.0")]
    pin(place, "20240102T000000Z", 'a "citation"')
    pin(place, "20240102T000000Z", 'a "citation"')
    told = {name: one["why"] for name, one in prune(place, capsys).items() if one["action"] == "kept"}
    assert told == {
        SNAPSHOT: "latest",
        "20230101T000000Z": "pinned in yuqi.toml",
        "20240102T000000Z": 'a "citation"',
    }


@given(NAMES, st.integers(1, 20), st.integers(0, 20))
def test_the_newest_always_stays_and_pruning_again_changes_nothing(
    names: list[str], daily: int, monthly: int
) -> None:
    once = kept(names, daily, monthly)
    assert not names or max(names) in once
    assert kept(once, daily, monthly) == once
    assert len(once) <= daily + monthly


def test_pruning_waits_for_nobody(place: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    with alone(place, "build"):
        assert run(["prune", "--workspace", str(place.root)]) == 75
    assert "`build` (process" in capsys.readouterr().err
    assert len(list(place.snapshots.glob("2*.duckdb"))) == 501


@pytest.mark.parametrize(
    "said",
    ["[retention]\ndayly = 3", "[retention]\ndaily = 0", '[retention]\npinned = ["x"]', "retention = 3"],
)
def test_a_wrong_rule_is_2_and_nothing_goes(
    said: str, place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    (place.root / "yuqi.toml").write_text(said + "\n", encoding="utf-8")
    assert run(["prune", "--workspace", str(place.root)]) == 2
    assert "yuqi.toml" in capsys.readouterr().err
    assert len(list(place.snapshots.glob("2*.duckdb"))) == 501
