"""A whole workspace against itself: what the frontier remembers, what is archived, what is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from crawler.shards import reading
from crawler.takedowns import load_takedowns
from crawler.workspace import Workspace
from pipeline.release.withdrawn import is_withdrawn
from pipeline.store.reader import open_latest
from pipeline.verify import (
    Checked,
    Report,
    checked_archive,
    checked_corpus,
    checked_quotes,
    checked_release,
    checked_release_quotes,
    checked_tables,
)
from yuqi.progress import Bars


def verified(place: Workspace, sample: int | None = None) -> Report:
    """What was taken down may be purged from the archive: its fetches are not looked for."""
    report = Report()
    takedowns = load_takedowns(place.takedowns)
    with reading(place) as held:
        fetches = [f for f in held.fetches() if not takedowns.hit(f.url, f.site_id)]
    with Bars() as bars:
        report.add(_told(checked_archive(place.root, fetches), "archive", bars))
        if place.latest.exists():
            _verify_corpus(place, sample, report, bars)
        for folder in sorted(place.releases.iterdir()) if place.releases.is_dir() else ():
            if folder.is_dir() and not folder.name.startswith("."):
                report.add(checked_release(folder))
                report.add(checked_tables(folder) if not is_withdrawn(folder) else ())
    return report


def verified_release(folder: Path, place: Workspace | None, sample: int | None = None) -> Report:
    """A release by itself; where a workspace is at hand, its quotes against that workspace's archive, too."""
    report = Report()
    report.add(checked_release(folder))
    if is_withdrawn(folder):  # its mark and its citation are all that is left
        return report
    report.add(checked_tables(folder))  # where a checksum fails, they may say which row
    if report.is_sound and place is not None:
        with Bars() as bars:
            report.add(_told(checked_release_quotes(folder, place.root, sample), "quotes", bars))
    return report


def _verify_corpus(place: Workspace, sample: int | None, report: Report, bars: Bars) -> None:
    broken: set[str] = set()
    with open_latest(place) as connection:
        report.add(_remembered(_told(checked_corpus(connection), "corpus", bars), broken))
        report.add(checked_quotes(connection, place.root, sample, broken, bars))


def _remembered(checks: Iterable[Checked], broken: set[str]) -> Iterator[Checked]:
    """Articles whose edits do not add up: their quotes cannot be made."""
    for one in checks:
        if one.check == "corpus-originals" and one.wrong is not None:
            broken.add(one.record.partition(" ")[0])
        yield one


def _told(checks: Iterable[Checked], label: str, bars: Bars) -> Iterator[Checked]:
    for done, one in enumerate(checks, start=1):
        bars(label, done)
        yield one
