"""Pages that were asked out of the archive: their records are blanked, in place, so that nothing else moves.

Written in place, since a crawl may be appending to the same file; what is about to be written stands in a
journal first, so that a kill in the middle is mended by the next purge.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from crawler.blanks import Held, blank, held_at
from crawler.cdxj import entries, index_path, without
from crawler.gzip_members import BrokenError
from crawler.page import Fetch
from crawler.takedowns import Takedown, Takedowns
from crawler.workspace import Workspace

JOURNAL = "purge.journal"
NO_REASON = "no reason given"
Places = dict[int, Takedown]  # offset → why it goes


def purge(workspace: Workspace, takedowns: Takedowns, fetches: Iterable[Fetch]) -> int:
    """Blank all records of the pages that these requests name; how many held something until now.

    `fetches`: what the frontier knows; records of killed crawls are found by the indexes.
    """
    finish(workspace)
    asked = takedowns.purged
    if not asked.entries:
        return 0
    known = _known(fetches, asked)
    files = sorted(workspace.archive.rglob("*.warc.gz"))
    found = ((path, dict(_indexed(path, asked)) | known.get(_name(workspace, path), {})) for path in files)
    return sum(_purge_file(workspace, path, places) for path, places in found)


def purge_places(workspace: Workspace, places: dict[str, Places]) -> int:
    """Blank the records at these places of these files, named as fetches name them."""
    finish(workspace)
    return sum(_purge_file(workspace, workspace.root / name, held) for name, held in places.items())


def finish(workspace: Workspace) -> None:
    """Write again what a killed purge may have written half."""
    journal = workspace.state / JOURNAL
    if journal.exists():
        head, _, member = journal.read_bytes().partition(b"\n")
        said = json.loads(head)
        _overwrite(workspace.root / said["file"], said["offset"], member)
        journal.unlink()


def _known(fetches: Iterable[Fetch], asked: Takedowns) -> dict[str, Places]:
    known: dict[str, Places] = {}
    for fetch in fetches:
        request = asked.request(fetch.url, fetch.site_id)
        if request is not None and fetch.warc_file and fetch.warc_offset is not None:
            known.setdefault(fetch.warc_file, {})[fetch.warc_offset] = request
    return known


def _name(workspace: Workspace, path: Path) -> str:
    return path.relative_to(workspace.root).as_posix()


def _purge_file(workspace: Workspace, path: Path, places: Places) -> int:
    blanked = 0
    for offset, request in sorted(places.items()):
        with path.open("rb") as file:
            try:
                held = held_at(file, offset)
            except BrokenError:
                continue  # a damaged record: `verify` tells of it
        if not held.is_blank:
            _replace(workspace, _name(workspace, path), held, request)
            blanked += 1
    if places and index_path(path).exists():
        without(path, places)
    return blanked


def _indexed(path: Path, asked: Takedowns) -> Iterator[tuple[int, Takedown]]:
    """By the records themselves, not by their index: it may be missing, and holds what is whole only."""
    site_id = unquote(path.parent.name)
    for entry in entries(path, last=True):
        if request := asked.request(entry.url, site_id):
            yield entry.offset, request


def _replace(workspace: Workspace, name: str, held: Held, request: Takedown) -> None:
    member = blank(held, f"taken down {request.at}: {request.reason or NO_REASON}")
    journal = workspace.state / JOURNAL
    fresh = journal.with_name(f"{JOURNAL}.{os.getpid()}")
    head = json.dumps({"file": name, "offset": held.offset}).encode() + b"\n"
    with fresh.open("wb") as file:
        file.write(head + member)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(journal)
    _overwrite(workspace.root / name, held.offset, member)
    journal.unlink()


def _overwrite(path: Path, offset: int, member: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(member)
        file.flush()
        os.fsync(file.fileno())
