"""`yuqi evaluate` as its users meet it, on a small farm and on gold pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluate.floors import load_floors
from yuqi.cli import run

SHARED = Path(__file__).parents[2] / "shared"
PAGE = """您好!欢迎访问样例频道!

甲样借催收怎么办

联系方式: 13800138000 service@example.com

许多人在甲样借逾期之后不知道怎么办，下面从几个方面说一说，希望对读到这里的人有一些帮助。

一、先弄清楚情况

逾期之后最要紧的是弄清楚自己欠了多少，什么时候到期，利息怎么算，再决定下一步怎么走。
"""
CLEAN = (
    "甲样借催收怎么办\n许多人在甲样借逾期之后不知道怎么办，下面从几个方面说一说，希望对读到这里的人有一些帮助。\n"
    "一、先弄清楚情况\n逾期之后最要紧的是弄清楚自己欠了多少，什么时候到期，利息怎么算，再决定下一步怎么走。"
)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A folder of gold data of our own: one page, whose lender our gazetteer does not know."""
    folder = tmp_path / "data"
    (folder / "gold" / "pages").mkdir(parents=True)
    (folder / "pages").mkdir()
    (folder / "pages" / "a.txt").write_text(PAGE, encoding="utf-8")
    said = {"file": "a.txt", "clean_text": CLEAN, "platforms": [{"surface": "甲样借", "offsets": [0]}]}
    (folder / "gold" / "pages" / "a.json").write_text(json.dumps(said), encoding="utf-8")
    return folder


def evaluated(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, dict[str, Any]]]:
    code = run(["evaluate", *arguments, "--format", "json"])
    rows = json.loads(capsys.readouterr().out)
    columns = ["part", "measure", "value", "floor", "ok", "basis", "low", "high"]
    assert all(list(row) == columns for row in rows)
    return code, {f"{row['part']} {row['measure']}": row for row in rows}


def test_gold_data_of_ones_own_is_compared_and_floors_are_raised_and_lowered(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    floors, wrong = tmp_path / "floors.toml", tmp_path / "wrong.jsonl"
    asked = ("--gold", str(gold), "--floors", str(floors))
    code, rows = evaluated(capsys, *asked, "--raise-floors", "--wrong", str(wrong))
    assert code == 0
    assert rows["gold character-error-rate"]["value"] == 0
    assert rows["gold platforms-recall"]["value"] == 0
    assert rows["gold laws-recall"]["value"] is None
    assert [json.loads(line)["fault"] for line in wrong.read_text(encoding="utf-8").splitlines()] == [
        "missing"
    ]

    floors.write_text(floors.read_text().replace("platforms-recall = { at_least = 0.0 }",
                                                 "platforms-recall = { at_least = 0.5 }"))  # fmt: skip
    code, rows = evaluated(capsys, *asked, "--raise-floors")
    assert (code, rows["gold platforms-recall"]["ok"]) == (3, False)
    code, _ = evaluated(capsys, *asked, "--lower-floors", "--reason", "one lender is not known")
    assert code == 0
    assert load_floors(floors)["gold", "platforms-recall"].reason == "one lender is not known"


@pytest.mark.parametrize(
    "arguments",
    [["--lower-floors"], ["--reason", "x"], ["--lower-floors", "--reason", " "], ["--gold", "."],
     ["--raise-floors", "--pages", "9"], ["--gold", "no-such-folder"]],
)  # fmt: skip
def test_wrong_usage_is_told_before_anything_is_built(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["evaluate", *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_broken_gold_page_is_named(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (gold / "gold" / "pages" / "b.json").write_text(
        '{"clean_text": "x", "platforms": [{}]}', encoding="utf-8"
    )
    assert run(["evaluate", "--gold", str(gold)]) == 2
    assert "b.json" in capsys.readouterr().err


def test_a_small_farm_is_crawled_built_and_compared_with_its_truth(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text(
        "[samples]\ndisallowed-fetched = { at_most = 0 }\npages-without-one-fate = { at_most = 0 }\n"
        "articles-missing = { at_most = 0 }\narticles-doubled = { at_most = 0 }\n"
        "own-allegations-false = { at_most = 0 }\ntext-f1 = { at_least = 0.97 }\n"
    )
    code, rows = evaluated(capsys, "--pages", "60", "--floors", str(floors))
    failed = {name: row for name, row in rows.items() if row["ok"] is False}
    assert (code, failed) == (0, {})
    assert rows["samples text-f1"]["basis"] == 60
    for name in ("story-pairs", "template-pairs", "platforms", "practices", "laws", "tips", "annotations"):
        assert rows[f"samples {name}-recall"]["basis"] > 0, name


@pytest.mark.skipif(not (SHARED / "gold" / "pages").is_dir(), reason="the project's gold data are not here")
def test_the_projects_gold_pages_hold_their_floors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("gold", "pages"):
        (tmp_path / name).symlink_to(SHARED / name)
    code, rows = evaluated(capsys, "--gold", str(tmp_path))
    assert code == 0
    assert rows["gold character-error-rate-worst-page"]["value"] <= 0.01
    assert rows["gold furniture-lines"]["value"] == 0


def test_every_floor_is_of_a_part_that_is_measured() -> None:
    measured = {"gold", "extraction", "metadata", "decoding", "samples", "hosts", "owners", "clean"}
    measured |= {"advice", "assertions", "contexts", "unlisted"}
    assert {part for part, _ in load_floors()} <= measured
