"""The benchmark runs on a folder of pages and says what it measured."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from benchmarks.crawling.frontier import told as told_frontier
from benchmarks.crawling.frontier import weighed
from benchmarks.crawling.speed import Spent
from benchmarks.crawling.speed import told as told_speed
from benchmarks.filled import MOST, bases, farms, fill, filled, pages
from benchmarks.incremental import ELSE, PUBLISHING, Steps
from benchmarks.incremental import told as told_steps
from benchmarks.scale import Cost
from benchmarks.scale import told as told_costs
from benchmarks.year.__main__ import Night, after_a_year, told
from crawler.archive import read_pages
from crawler.frontier import Frontier
from crawler.sites import load_sites
from crawler.workspace import open_workspace
from yuqi.samples import Farm

ROOT = Path(__file__).parents[1]
PAGE = (
    "<html><title>样例贷逾期了怎么商量</title><body>"
    + "<p>先算清楚每个月能拿出多少钱，再去和客服商量。</p>" * 9
)


def test_the_benchmark_sets_each_reader_beside_trafilatura(tmp_path):
    (tmp_path / "1.html").write_text(PAGE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "benchmarks/reading.py", str(tmp_path), "--rounds", "1"],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    rows = [line.split() for line in done.stdout.splitlines()]
    names = {row[0] for row in rows if row}
    assert {"decode", "extract", "bytes", "trafilatura", "trafilatura,", "readability", "jusText"} <= names
    assert "all pages: 1 pages" in done.stdout
    assert all(float(row[-1]) == 1 for row in rows if row and row[0] == "trafilatura" and row[-1] != "share")


def test_a_folder_without_pages_is_said_to_have_none(tmp_path):
    done = subprocess.run(
        [sys.executable, "benchmarks/reading.py", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert "no page" in done.stderr


def test_a_year_is_reckoned_from_the_nights_that_were_simulated():
    def night(day: int, archive: int) -> Night:
        rooms = {"archive": archive, "corpus": 100, "snapshots": 100 * min(14, day + 1)}
        return Night(day, 0, 1, 1, 1.0, min(14, day + 1), rooms)

    nights = [night(day, 1000 + 10 * day) for day in range(21)]
    assert after_a_year(nights) == 1000 + 10 * 364 + 100 + 26 * 100
    assert "after 365, going on as these 21: 0 MB, under 2 GiB" in told(nights)
    whole = [night(day, 1000) for day in range(365)]
    assert after_a_year(whole) == 1000 + 100 + 1400 and "after 365 recrawls" in told(whole)


def test_a_frontier_is_weighed_with_a_lease_for_each_host(tmp_path):
    (tmp_path / "yuqi.toml").write_text("synthetic = true\n", encoding="utf-8")
    row = weighed(open_workspace(tmp_path), 2000)
    assert row.urls == 2000 and row.megabytes > 0.1 and 0 < row.lease_wall <= row.slowest_wall
    assert "| 2,000 |" in list(told_frontier([row]))[-1]


def test_an_incremental_build_is_told_step_by_step_with_its_documents():
    full, added = Steps(), Steps()
    full.seconds |= {"parts: read": 10.0, "copies": 4.0, PUBLISHING: 2.0, ELSE: 4.0}
    full.documents["parts: read"] = 1000
    added.seconds |= {"copies": 3.0, PUBLISHING: 1.0, ELSE: 2.0}
    rows = list(told_steps(full, added))
    assert "| parts: read (1,000; 0) | 10.00 | 0.00 | 0.000 |" in rows
    assert (
        "| **all stages: parts, site memory, copies** (of a full build: 0.150) | 14.00 | 3.00 | 0.214 |"
        in rows
    )
    assert "| **all but publishing** | 18.00 | 5.00 | 0.278 |" in rows
    assert rows[-1] == "| **whole build** | 20.00 | 6.00 | 0.300 |"


def test_an_archive_filled_without_a_crawl_gives_back_every_page_as_the_site_answers_it(tmp_path):
    farm = Farm(pages=30, new=0.1)
    place = filled(tmp_path / "w", farm)
    later = farm.at(1)
    fill(place, later, range(farm.total, later.total))
    with Frontier(place) as frontier:
        held = {page.url: page.payload for page in read_pages(place.root, list(frontier.fetches()))}
    asked = [*pages(farm, bases(farm), range(30)), *pages(later, bases(farm), range(30, 33))]
    assert held == {url: answer.body for _, url, answer in asked}


def test_what_is_more_than_one_farm_has_stands_on_the_sites_of_others_in_other_words(tmp_path):
    assert [farm.total for farm in farms(2 * MOST + 5)] == [MOST, MOST, 5]
    first, second = (replace(farm, pages=12) for farm in farms(2 * MOST))
    place = filled(tmp_path / "w", first, second, workers=2)
    with Frontier(place) as frontier:
        held = {page.url: page.payload for page in read_pages(place.root, list(frontier.fetches()))}
    made = [
        {url: answer.body for _, url, answer in pages(farm, bases(farm), range(12))}
        for farm in (first, second)
    ]
    assert held == made[0] | made[1]
    assert not set(made[0].values()) & set(made[1].values())
    assert set(load_sites(place.sites)) == {site.id for farm in (first, second) for site in farm.sites}


def test_costs_of_growing_corpora_are_told_beside_the_first():
    rows = list(told_costs([Cost(100, 9.0, 5.0, 300.4, 2.0), Cost(1000, 30.0, 65.0, 400.0, 20.0)]))
    assert rows[-1] == "| 1,000 | 30 | 65 | 65.0 | 1.30 | 400 | 20 |"


def test_two_crawlers_are_compared_by_what_the_pages_of_each_turn_cost():
    """Start-up, which the first turn holds, counts for neither."""
    ours = [Spent(100, 9.0), Spent(300, 10.0), Spent(500, 12.0)]
    theirs = [Spent(110, 3.0), Spent(310, 5.0), Spent(510, 6.0)]
    first, second, third = told_speed(ours, theirs)
    assert first.startswith("400 pages each in 2 turns")
    assert second.startswith("ours 7.50, Scrapy's defaults 7.50: ratio 1.00")
    assert "median 1.25" in third
