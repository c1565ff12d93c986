"""The bundled sample sites, served on loopback, crawled and built in a workspace of their own."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from crawler.crawl import CrawlOptions, CrawlSummary, crawl
from crawler.definitions import DefinitionError
from crawler.sites import load_sites
from crawler.workspace import SETTINGS_FILE, Workspace, load_settings, open_workspace
from pipeline.build import BuildSummary
from yuqi.building import build_workspace
from yuqi.crawling import shows_progress
from yuqi.lock import alone
from yuqi.progress import Bars
from yuqi.samples import Farm, serve, write_definitions

SETTINGS = (
    "# SYNTHETIC 合成样本: the bundled sample sites; every lender in it is invented\nsynthetic = true\n"
)
MADE = (
    "archive",
    "state",
    "parts",
    "snapshots",
    "sites",
    "overrides",
)  # what a demo makes, and may make anew


def prepared(folder: Path) -> Workspace:
    """An empty demo workspace; what an earlier demo left is made anew, anything else is refused."""
    settings = folder / SETTINGS_FILE
    if settings.is_file() and not load_settings(Workspace(folder)).synthetic:
        raise DefinitionError(f"{folder} is a workspace of yours: give another folder, `yuqi demo DIR`")
    if not settings.is_file() and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DefinitionError(f"{folder} exists and is no demo: give another folder, `yuqi demo DIR`")
    folder.mkdir(parents=True, exist_ok=True)
    settings.write_text(SETTINGS, encoding="utf-8")
    return open_workspace(folder)


def run_demo(place: Workspace, pages: int) -> tuple[CrawlSummary, BuildSummary]:
    farm = Farm(pages=pages)
    with alone(place, "demo"), serve(farm) as running, Bars() as bars:
        _empty(place)
        write_definitions(farm, place.root, running.bases)
        sites = list(load_sites(place.sites).values())
        crawled = crawl(place, sites, CrawlOptions(on_progress=shows_progress(bars)))
        return crawled, build_workspace(place)


def _empty(place: Workspace) -> None:
    """The sites have other ports each time, so what was crawled before cannot be visited again."""
    for name in MADE:
        for path in (place.root / name).glob("*"):
            if path == place.lock:
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
    place.corpus.unlink(missing_ok=True)


def this_command() -> str:
    """How the user called us, so that the next command can be copied."""
    return sys.argv[0] if Path(sys.argv[0]).suffix != ".py" else f"{sys.executable} -m yuqi"
