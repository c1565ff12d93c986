"""The whole way on the sample sites: from a site to a traceable answer, however often it is disturbed."""

import json
import operator
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from crawler.crawl import crawl
from crawler.sites import load_sites
from crawler.workspace import Workspace, open_workspace
from pipeline.store.look_up import look_up, shown
from pipeline.store.reader import open_latest
from pipeline.store.reports import QUESTIONS, REVIEW_LISTS, Filter, report
from pipeline.store.takedown import ensure_applied
from tests.contact_scan import contacts_of_store
from tests.recount import FIVE, Recount
from tests.stores import ask, tables
from tests.waiting import until
from yuqi.building import build_workspace
from yuqi.cli import run
from yuqi.samples import Farm, serve, write_definitions
from yuqi.samples.truths import truth
from yuqi.verifying import verified

PAGES = 64
KEYS = {"practices": ("practice_id", "assertion", "own")}  # of a report's rows, where it is not the id


def workspace(folder: Path, farm: Farm, bases: dict[str, str]) -> Workspace:
    folder.mkdir()
    (folder / "yuqi.toml").write_text("synthetic = true\n", encoding="utf-8")
    write_definitions(farm, folder, bases)
    return open_workspace(folder)


def crawled(place: Workspace) -> None:
    crawl(place, list(load_sites(place.sites).values()))


def yuqi(place: Workspace, command: str, *arguments: str) -> int:
    return run([command, "--workspace", str(place.root), *arguments])


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """A small farm, crawled and built; what was asked of it, and its truth."""
    farm = Farm(pages=PAGES)
    with serve(farm) as running:
        place = workspace(tmp_path_factory.mktemp("sample") / "w", farm, running.bases)
        crawled(place)
        hits = list(running.hits)
        build_workspace(place)
        yield place, running, hits, list(truth(farm))


@pytest.fixture
def copied(sample, tmp_path):
    """A copy that a test may disturb."""
    folder = tmp_path / "copy"
    shutil.copytree(sample[0].root, folder, symlinks=True)
    return open_workspace(folder)


def test_every_article_is_found_once_and_nothing_else_is_an_article(sample):
    place, running, _, pages = sample
    expected = {running.bases[page.site_id] + page.path for page in pages if page.kind == "article"}
    found = [url for (url,) in ask(place.latest, "SELECT url FROM articles WHERE is_current")]
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_no_disallowed_path_is_asked_for(sample):
    _, _, hits, pages = sample
    disallowed = {(page.site_id, page.path) for page in pages if page.kind == "disallowed"}
    assert disallowed
    assert not disallowed & {(hit.site_id, hit.path) for hit in hits}


def test_fates_add_up_to_the_pages(sample):
    place = sample[0]
    ((pages, articles, drops),) = ask(
        place.latest,
        "SELECT (SELECT count(*) FROM pages), (SELECT count(*) FROM articles WHERE is_current),"
        " (SELECT count(*) FROM drops)",
    )
    assert pages == articles + drops


def test_every_table_and_column_of_a_snapshot_carries_a_comment(sample):
    assert not ask(
        sample[0].latest,
        "SELECT table_name FROM duckdb_tables() WHERE comment IS NULL UNION ALL SELECT table_name || '.' "
        "|| column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL",
    )


def test_a_second_build_does_nothing_and_counts_the_same(copied):
    before = copied.latest.resolve()
    again = build_workspace(copied)
    assert not again.published
    assert copied.latest.resolve() == before


def test_everything_that_can_be_built_again_is_built_again_with_the_same_ids(copied):
    before = tables(copied.latest)
    shutil.rmtree(copied.parts)
    shutil.rmtree(copied.snapshots)
    copied.corpus.unlink()
    build_workspace(open_workspace(copied.root))
    assert tables(copied.latest) == before


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["read", "article", "find"])
def test_a_build_killed_at_any_moment_and_repeated_gives_the_same_tables(copied, stage):
    before = tables(copied.latest)
    shutil.rmtree(copied.parts)
    shutil.rmtree(copied.snapshots)
    copied.corpus.unlink()
    copied.snapshots.mkdir()
    killed("build", copied, lambda: any(copied.parts.glob(f"{stage}/*")))
    build_workspace(copied)
    assert tables(copied.latest) == before


@pytest.mark.slow
def test_a_crawl_killed_and_repeated_gives_the_same_tables(sample, tmp_path):
    place, running, _, _ = sample
    disturbed = workspace(tmp_path / "w", running.farm, running.bases)
    shutil.copy(place.state / "secret.key", disturbed.state)
    for requests in (5, 30):
        asked = len(running.hits) + requests
        killed("crawl", disturbed, lambda asked=asked: len(running.hits) >= asked)
    crawled(disturbed)
    build_workspace(disturbed)
    assert tables(disturbed.latest) == tables(place.latest)


def killed(command: str, place: Workspace, reached: Callable[[], bool]) -> None:
    """With all its processes, as soon as it has come so far."""
    process = subprocess.Popen(
        [sys.executable, "-m", "yuqi", command, "--workspace", str(place.root)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert until(lambda: reached() or process.poll() is not None)
    with suppress(ProcessLookupError):  # it was faster than who watches it
        os.killpg(process.pid, signal.SIGKILL)
    assert process.wait() in (0, -signal.SIGKILL)


def test_an_incremental_recrawl_equals_a_full_build(sample, copied):
    _, running, _, _ = sample
    farm = running.farm
    running.farm = farm.at(1)
    try:
        assert yuqi(copied, "crawl", "--all") == 0
    finally:
        running.farm = farm
    some = build_workspace(copied)
    incremental = tables(copied.latest)
    kept = _kept(copied)
    assert ask(copied.latest, "SELECT count(*) FROM articles WHERE version > 1") > [(0,)]
    everything = build_workspace(copied, full=True)
    assert tables(copied.latest) == incremental
    assert _kept(copied) == kept
    assert 0 < some.connected_parts_remade < some.connected_parts
    assert 0 < some.comparisons < everything.comparisons
    assert everything.connected_parts_remade == everything.connected_parts == some.connected_parts


def _kept(place: Workspace) -> dict[str, bytes]:
    """What a build leaves behind for the next, beside the parts, byte by byte."""
    folder = place.parts / "copies"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.parquet")}


def test_a_takedown_holds_for_readers_at_once_and_for_every_later_build(copied):
    ((url,),) = ask(copied.latest, "SELECT url FROM articles ORDER BY url LIMIT 1")
    copied.takedowns.write_text(f'[[takedown]]\nurl = "{url}"\nreason = "asked"\n', encoding="utf-8")
    ensure_applied(copied)
    assert not _holds(copied, url)
    assert ask(copied.latest, "SELECT reason FROM takedowns") == [("asked",)]
    assert yuqi(copied, "show", url) == 2
    build_workspace(copied, full=True)
    assert not _holds(copied, url)


def _holds(place: Workspace, url: str) -> bool:
    """Whether any table but the list of takedowns still names the URL."""
    held = tables(place.latest)
    return any(url in repr(rows) for name, rows in held.items() if name != "takedowns")


def test_a_figure_leads_to_its_quote_its_page_and_its_archived_record(sample, capsys):
    place = sample[0]
    assert yuqi(place, "report", "platforms", "--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows and all(row["stories"] <= row["pages"] for row in rows)
    assert yuqi(place, "show", rows[0]["platform_id"], "--format", "json") == 0
    (shown,) = json.loads(capsys.readouterr().out)
    quote = shown["evidence"][0]
    assert quote["url"].startswith("http://127.")
    assert quote["warc_file"].startswith("archive/") and (place.root / quote["warc_file"]).is_file()
    assert quote["quote_original"]


@pytest.mark.parametrize("question", [name for name in QUESTIONS if name not in REVIEW_LISTS])
def test_every_report_counts_as_python_does_at_five_levels(sample, question):
    place = sample[0]
    with open_latest(place) as connection:
        rows = report(connection, question, Filter()).rows
        counted = getattr(Recount(connection), question)()
        key = operator.itemgetter(*(KEYS.get(question) or [f"{question.removesuffix('s')}_id"]))
        assert counted, question
        assert {key(row): tuple(row[level] for level in FIVE) for row in rows} == counted


def test_platform_counts_count_allegations_as_python_does(sample):
    place = sample[0]
    columns = ("alleged_own_stories", "alleged_own_operators", "alleged_templated_stories", "claimed_stories")
    with open_latest(place) as connection:
        counted = Recount(connection).allegations()
        for row in report(connection, "platforms", Filter()).rows:
            told = tuple(row[name] for name in columns)
            assert told == counted.get(row["platform_id"], (0, 0, 0, 0))
    assert any(own for own, *_ in counted.values())


def test_every_operator_of_the_samples_shows_its_sites_and_what_they_share(sample):
    place, *_ = sample
    with open_latest(place) as connection:
        for row in report(connection, "operators", Filter()).rows:
            thing = shown(connection, look_up(connection, row["operator_id"]))
            assert len(thing["members"]) == thing["n_sites"] == row["sites"]
            assert {page["site_id"] for page in thing["evidence"]} == {s["site_id"] for s in thing["members"]}
            assert all(page["url"] and page["page_share"] > 0.5 for page in thing["evidence"])


def test_the_key_and_the_contacts_of_pages_are_in_no_table_and_no_log(sample):
    place = sample[0]
    said = repr(tables(place.latest))
    assert "13800138000" not in said
    assert "@example.com" not in said


def test_no_text_column_of_any_table_holds_a_contact(sample):
    assert contacts_of_store(sample[0].latest) == []


def test_every_record_and_every_finding_of_the_samples_verifies(sample):
    """Spans, undone edits, counts; every line and quote stands on its archived page, in the page's words."""
    report = verified(sample[0])
    assert report.is_sound, report.faults
    assert report.checked["quotes"] > 500
    assert report.checked["archive-payloads"] > 64
