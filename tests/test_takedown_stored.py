"""What workers were lent by an object store goes with a takedown, and does not come back."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest
from taken_pages import own, taken_workspace, url

from crawler.takedowns import Takedown, add_takedowns
from crawler.workspace import Workspace
from pipeline.object_store import ObjectStore
from yuqi.stored import follow
from yuqi.taking_down import asked, take_down

KEY = Path("read") / "0123"


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return taken_workspace(tmp_path)


@pytest.fixture
def store(place: Workspace, tmp_path: Path) -> ObjectStore:
    """As a build left it: every archive file, and two parts of which one is here."""
    held = ObjectStore(f"file://{tmp_path}/store", place.root)
    held.lend(place.archive.rglob("*.warc.gz"))
    for key in ("0123", "4567"):
        folder = place.parts / "read" / key
        folder.mkdir(parents=True)
        (folder / "drafts.parquet").write_bytes(own(2)[0].encode())
        held.put_part(folder, whole=True)
    return held


def said_there(tmp_path: Path) -> str:
    files = [path for path in (tmp_path / "store").rglob("*") if path.is_file()]
    return "".join(
        (gzip.decompress(held) if path.suffix == ".gz" else held).decode("utf-8", "replace")
        for path in files
        for held in [path.read_bytes()]
    )


def purge(place: Workspace, store: ObjectStore) -> int:
    request = asked(place, [Takedown(url=url(2), reason="asked", purge=True)])
    return take_down(place, request, build=False, store=store).stored


def test_parts_that_are_gone_here_go_there(place: Workspace, store: ObjectStore, tmp_path: Path) -> None:
    shutil.rmtree(place.parts / KEY)
    assert follow(place, store) == 2  # the table and its mark
    assert not store.has_part(place.parts / KEY) and store.has_part(place.parts / "read" / "4567")
    assert follow(place, store) == 0


def test_a_purged_record_is_blank_there_too_and_others_are_not(
    place: Workspace, store: ObjectStore, tmp_path: Path
) -> None:
    shutil.rmtree(place.parts)
    assert own(2)[1] in said_there(tmp_path)
    assert purge(place, store)
    assert own(2)[1] not in said_there(tmp_path) and own(3)[1] in said_there(tmp_path)
    assert purge(place, store) == 0


def test_an_archive_file_that_only_the_store_has_is_blanked_all_the_same(
    place: Workspace, store: ObjectStore, tmp_path: Path
) -> None:
    for path in place.archive.rglob("*.warc.gz"):
        path.unlink()
    shutil.rmtree(place.parts)
    purge(place, store)
    assert own(2)[1] not in said_there(tmp_path) and own(3)[1] in said_there(tmp_path)


def test_without_purge_the_archive_there_is_left_alone(place: Workspace, store: ObjectStore) -> None:
    add_takedowns(place.takedowns, [Takedown(url=url(2))])
    for path in place.archive.rglob("*.warc.gz"):
        path.write_bytes(path.read_bytes() + b"of a crawl that goes on")
    assert follow(place, store) == 0
