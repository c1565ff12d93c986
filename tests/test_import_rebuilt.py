"""A corpus built from an earlier full release says what the corpus said that was released."""

from __future__ import annotations

from pathlib import Path

import pytest
from crawl_server import workspace_in
from stores import ask
from taken_pages import LENDERS, answer, article, own, url

from crawler.archive_writer import ArchiveWriter
from crawler.importing import import_paths
from crawler.takedowns import Takedown, add_takedowns
from crawler.workspace import Workspace, open_workspace
from pipeline.extract.from_release import EXTRACTOR
from yuqi.building import build_workspace
from yuqi.cli import run

ELSEWHERE = "http://copies.example.com/a/7.html"  # the first article again
IDS = ("sample-xinglan", "sample-maiyu", "sample-heting")
PLATFORM = """[[platform]]
id = "{}"
name = "{}"
category = "internet-platform"
confidence = "high"
source = "invented"
"""
FOUND = ("mentions", "practices", "tip_sources", "sections", "laws")
OF_ARTICLES = "SELECT a.url, f.* EXCLUDE (article_id) FROM {} f JOIN articles a USING (article_id)"
ALIKE = {name: OF_ARTICLES.format(name) for name in FOUND} | {
    "texts": "SELECT url, title, text, published_at, is_current FROM articles",
    "stories": "SELECT list_sort(list(url)) FROM articles GROUP BY story_id",
    "templates": "SELECT list_sort(list(url)) FROM articles GROUP BY template_id",
    "counts": """SELECT platform_id, pages, stories, templates, sites, alleged_own_stories, claimed_stories
                 FROM platform_counts""",
}


def with_lenders(place: Workspace) -> Workspace:
    place.overrides.mkdir()
    said = "".join(PLATFORM.format(*pair) for pair in zip(IDS, LENDERS, strict=True))
    (place.overrides / "platforms.toml").write_text(said, encoding="utf-8")
    return open_workspace(place.root)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("original")
    elsewhere = workspace_in(folder / "elsewhere")
    pages = {url(n): article(n) for n in (1, 2, 3, 4)} | {ELSEWHERE: article(1)}
    with ArchiveWriter(elsewhere, "farm", "crawl") as writer:
        for address, html in pages.items():
            writer.response(answer(address, html))
    place = with_lenders(workspace_in(folder / "w"))
    import_paths(place, {}, [elsewhere.archive])
    build_workspace(place, workers=1)
    command = ["release", "--version", "1.0.0", "--edition", "full"]
    assert run([*command, "--workspace", str(place.root)]) == 0
    return place


def test_texts_findings_and_groups_are_those_of_the_original(original: Workspace, tmp_path: Path) -> None:
    again = with_lenders(workspace_in(tmp_path / "again"))
    assert import_paths(again, {}, [original.releases / "1.0.0"]).pages == 5
    build_workspace(again, workers=1)
    for what, question in ALIKE.items():
        expected = sorted(map(repr, ask(original.latest.resolve(), question)))
        assert sorted(map(repr, ask(again.latest.resolve(), question))) == expected, what
        assert expected or what == "laws"
    (extractors,) = ask(again.latest.resolve(), "SELECT list(DISTINCT extractor) FROM articles")
    assert extractors == ([EXTRACTOR],)
    assert run(["verify", "--workspace", str(again.root)]) == 0


def test_an_older_release_brings_nothing_back_that_was_taken_down(
    original: Workspace, tmp_path: Path
) -> None:
    again = workspace_in(tmp_path / "again")
    add_takedowns(again.takedowns, [Takedown(url=url(2))])
    summary = import_paths(again, {}, [original.releases / "1.0.0"])
    assert (summary.pages, summary.drops) == (4, {"taken-down": 1})
    assert not any(
        own(2)[0].encode() in path.read_bytes() for path in again.root.rglob("*") if path.is_file()
    )
