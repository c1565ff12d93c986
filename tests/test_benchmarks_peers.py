"""The one command that sets every part beside other tools: what it does with tools, and what it writes."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

import pytest

from benchmarks.copies.score import pair_scores
from benchmarks.peers.__main__ import PARTS, with_tables
from benchmarks.peers.archives import marked_archive
from benchmarks.peers.drawn import drawing
from benchmarks.peers.results import Part, Result, load, result, save, table
from benchmarks.peers.whole import further
from benchmarks.running import in_turn
from crawler.shards import reading

DOCS = Path(__file__).parents[1] / "docs"
OURS = Result("yuqi", {"F1": 0.98}, (1.0, 2.0, 1.0), (1.0, 2.0, 1.0), 0.5)
SLOW = Result("slow & <old>", {"F1": 0.5}, (30.0,), (31.0,), 1.25)
GONE = Result("gone", missing="not installed: No module named 'gone'")
PART = Part("reading", "Main text of pages", "page", 1000, (OURS, SLOW, GONE))


@pytest.fixture
def tools(tmp_path: Path):
    """Commands that do as their name says, with what they were given."""

    def command(body: str) -> list[str]:
        script = tmp_path / f"{abs(hash(body))}.py"
        head = "import json, sys, time\nfrom pathlib import Path\nsource, target = map(Path, sys.argv[1:])\n"
        script.write_text(head + textwrap.dedent(body), encoding="utf-8")
        return [sys.executable, str(script)]

    return command


def test_tools_take_turns_and_what_cannot_run_says_why(tools, tmp_path):
    log = tmp_path / "log"
    said = "target.write_text(json.dumps({'found': json.loads(source.read_text()), 'cpu_s': %s}))"
    named = {
        name: tools(f"Path({str(log)!r}).open('a').write({name!r})\n" + said % cpu)
        for name, cpu in (("a", 1), ("b", 9))
    }
    broken = {
        "missing": tools("import nothing_of_this_name"),
        "failing": tools("raise ValueError('too | old')"),
        "hanging": tools("time.sleep(600)"),
        "absent": [str(tmp_path / "no" / "python")],
    }
    held = in_turn(named | broken, {"pages": ["甲"]}, rounds=3, longest=10, often=5)
    assert log.read_text() == "abaa"  # b takes long, and one round of it is enough
    assert [one["found"] for one in held["a"]] == [{"pages": ["甲"]}] * 3
    assert held["missing"] == "not installed: No module named 'nothing_of_this_name'"
    assert held["failing"] == "failed: ValueError: too / old"
    assert held["hanging"] == "more than 10 s"
    assert held["absent"].startswith("not installed")


def test_a_table_names_what_is_missing_and_divides_round_by_round():
    rows = [line.split(" | ") for line in table(PART)]
    assert table(PART)[0] == "**Main text of pages** (1,000 pages)"
    assert [cell.strip("| ") for cell in rows[4]] == ["yuqi", "0.980", "1", "1 (1–1)", "3", "0.50"]
    assert [cell.strip("| ") for cell in rows[5]] == ["slow & <old>", "0.500", "30", "30", "1", "1.25"]
    assert rows[6][1] == "not installed: No module named 'gone'"
    assert len({line.count("|") for line in table(PART)[2:]}) == 1
    assert PART.times(SLOW) == [30.0]


def test_results_come_back_as_they_were_kept(tmp_path):
    assert load(tmp_path / "bench.json") == {}
    save(tmp_path / "bench.json", [PART])
    assert table(load(tmp_path / "bench.json")["reading"]) == table(PART)
    assert result("x", "more than 5 s", {}).missing == "more than 5 s"


def test_only_what_stands_between_the_markers_is_written_anew():
    page = "before\n<!-- bench -->\nold\n<!-- /bench -->\nafter\n"
    once = with_tables(page, [PART])
    assert once.startswith("before\n") and once.endswith("\nafter\n") and "old\n" not in once
    assert with_tables(once, [PART]) == once
    with pytest.raises(SystemExit, match="no place"):
        with_tables("no markers", [PART])


def test_the_drawing_shows_each_tool_and_lets_no_markup_in():
    drawn = drawing([PART])
    assert drawn == drawing([PART])
    assert "slow &amp; &lt;old&gt;" in drawn and "<old>" not in drawn
    assert drawn.count("<rect") == 3  # the ground, ours and the slow one
    assert "30 × · F1 0.5" in drawn and "No module named" in drawn


def test_the_tables_in_the_documents_are_those_of_the_last_run():
    held = load(DOCS / "bench.json")
    parts = [held[name] for name in PARTS if name in held]
    page = (DOCS / "measurements.md").read_text(encoding="utf-8")
    assert with_tables(page, parts) == page
    assert (DOCS / "bench.svg").read_text(encoding="utf-8") == drawing(parts)
    assert parts and set(held) <= set(PARTS)


def test_a_page_in_no_group_is_in_no_pair():
    assert pair_scores(["t", "t", "u"], ["0", "0", None]) == (1.0, 1.0, 1.0)


def test_marked_pages_stand_in_an_archive_as_often_as_asked_each_time_under_another_host(tmp_path):
    pages = tmp_path / "eval" / "extraction" / "small_set"
    pages.mkdir(parents=True)
    (pages / "one.html").write_text("<p>逾期以后先看合同。</p>", encoding="gbk")
    (pages / "one.json").write_text('{"text": "逾期以后先看合同。"}', encoding="utf-8")
    made = marked_archive(tmp_path, tmp_path / "w", 2)
    urls = [f"http://small-set-{time}.example.com/one.html" for time in (0, 1)]
    assert made.texts == dict.fromkeys(urls, "逾期以后先看合同。") and set(made.names.values()) == {
        "one.html"
    }
    with reading(made.place) as held:
        assert sorted(fetch.url for fetch in held.fetches()) == urls
    assert len(list(made.place.archive.rglob("*.warc.gz"))) == 2


def test_what_a_further_page_costs_is_the_difference_of_two_sizes():
    few, many = [{"cpu_s": 5.0, "s": 4.0}], [{"cpu_s": 7.0, "s": 5.0, "gib": 1.0}]
    assert further(few, many) == [{"cpu_s": 2.0, "s": 1.0, "gib": 1.0}]
    assert further("more than 5 s", many) == further(few, "more than 5 s") == "more than 5 s"
