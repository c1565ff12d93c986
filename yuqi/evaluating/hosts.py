"""Ordinary sample sites, built without any layout: a page alone, with site memory, and the peer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler.importing import import_paths
from crawler.page import Page, payload_sha256
from crawler.sites import load_sites
from crawler.workspace import SETTINGS_FILE, Workspace, open_workspace
from pipeline.evaluate.figures import Figure
from pipeline.evaluate.hosts import Readings, held_out_figures, host_figures
from pipeline.store.reader import open_latest
from yuqi.building import build_workspace
from yuqi.evaluating.extraction import PEER, Stages
from yuqi.lock import alone
from yuqi.samples.hosts import HOSTS, UNSEEN_HOSTS, HostPage, host_pages

AT = datetime(2100, 1, 1, tzinfo=UTC)  # later than any date on a page
TEXTS = "SELECT url, text FROM articles WHERE is_current"


def memory_figures() -> list[Figure]:
    pages = [page for site_id in (*HOSTS, *UNSEEN_HOSTS) for page in host_pages(site_id)]
    with TemporaryDirectory(prefix="yuqi-evaluate-") as folder:
        place = _imported(Path(folder), pages)
        ours = _built(place)
        for site_id in HOSTS:
            _choose_peer(place, site_id)
        peer = _built(place)
    found = _alone(pages), ours, peer
    seen, unseen = (
        Readings({page.url: page.text for page in pages if page.site_id in sites}, *found)
        for sites in (HOSTS, UNSEEN_HOSTS)
    )
    return [*host_figures(seen, PEER), *held_out_figures(unseen)]


def _imported(folder: Path, pages: Iterable[HostPage]) -> Workspace:
    (folder / SETTINGS_FILE).write_text("synthetic = true\n", encoding="utf-8")
    place = open_workspace(folder)
    for number, page in enumerate(pages):
        file = folder / "saved" / page.site_id / f"{number}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page.html, encoding="utf-8")
    for site_id in (*HOSTS, *UNSEEN_HOSTS):
        import_paths(place, {}, [folder / "saved" / site_id], site_id)
    return place


def _choose_peer(place: Workspace, site_id: str) -> None:
    definition = f'start = ["http://{site_id}.example.com/"]\nextractor = "{PEER}"\n'
    (place.sites / f"{site_id}.toml").write_text(definition, encoding="utf-8")
    assert load_sites(place.sites)[site_id].extractor == PEER


def _built(place: Workspace) -> Mapping[str, str]:
    with alone(place):
        build_workspace(place)
    with open_latest(place) as connection:
        return dict(connection.execute(TEXTS).fetchall())


def _alone(pages: Iterable[HostPage]) -> Mapping[str, str | None]:
    """Each page as if it were the only one of its site."""
    stages = Stages()
    return {page.url: stages.made(_page(page)).text for page in pages}


def _page(page: HostPage) -> Page:
    payload = page.html.encode()
    digest = payload_sha256(payload)
    return Page("", page.site_id, page.url, AT, 200, "text/html; charset=utf-8", payload, digest, True)
