"""Archives to build: the sample sites crawled, or a copy of somebody's workspace."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crawler.crawl import CrawlOptions, crawl
from crawler.shards import reading
from crawler.sites import load_sites
from crawler.workspace import Workspace, open_workspace
from yuqi.samples import Farm, TruePage, serve, truth, write_definitions


@dataclass(frozen=True)
class Sampled:
    """`bases`: where each site stood."""

    place: Workspace
    farm: Farm
    bases: Mapping[str, str]

    @property
    def fetched(self) -> int:
        """Pages that the archive holds."""
        with reading(self.place) as held:
            return sum(fetch.warc_file is not None for fetch in held.fetches())

    def articles(self) -> dict[str, TruePage]:
        """What is true, by URL."""
        pages = (page for page in truth(self.farm) if page.kind == "article")
        return {self.bases[page.site_id] + page.path: page for page in pages}


def sampled(folder: Path, pages: int) -> Sampled:
    """The sample sites, crawled."""
    farm = Farm(pages=pages)
    with serve(farm) as served:
        place = write_workspace(folder, farm, served.bases)
        crawled(place)
        return Sampled(place, farm, dict(served.bases))


def write_workspace(folder: Path, farm: Farm, bases: Mapping[str, str]) -> Workspace:
    """One more farm in the workspace of this folder, which is made where it is missing."""
    folder.mkdir(exist_ok=True)
    (folder / "yuqi.toml").write_text("synthetic = true\n", encoding="utf-8")
    write_definitions(farm, folder, bases)
    return open_workspace(folder)


def crawled(place: Workspace) -> None:
    """Every page, due or not."""
    crawl(place, list(load_sites(place.sites).values()), CrawlOptions(all=True))


@contextmanager
def asked_for(about: str | None, pages: int) -> Iterator[Workspace]:
    """As the command line says, thrown away afterwards."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pages", type=int, default=pages, help="articles of the sample sites")
    parser.add_argument("--workspace", type=Path, help="an archive of yours; it is copied, not touched")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "w"
        if asked.workspace:
            shutil.copytree(asked.workspace, copy, symlinks=True)
        yield open_workspace(copy) if asked.workspace else sampled(copy, asked.pages).place
