"""The archive against its checksums: every record, every fetch's place, every payload."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from crawler.archive import ArchiveError, read_page
from crawler.gzip_members import BrokenError
from crawler.page import Fetch
from pipeline.verify.checked import Checked
from pipeline.verify.members import Member, member_at

MAX_DIGITS = 19  # of an offset in a file

Place = tuple[str, int]  # file relative to the workspace, offset


def checked_archive(root: Path, fetches: Iterable[Fetch]) -> Iterator[Checked]:
    """`fetches`: what the frontier says lies there. Files that no fetch names are read, too."""
    by_file: dict[str, list[Fetch]] = defaultdict(list)
    digests: dict[Place, str | None] = {}
    for fetch in fetches:
        if fetch.warc_file is not None and fetch.warc_offset is not None:
            by_file[fetch.warc_file].append(fetch)
            digests[fetch.warc_file, fetch.warc_offset] = fetch.payload_sha256
    there = (path.relative_to(root).as_posix() for path in (root / "archive").rglob("*.warc.gz"))
    for name in sorted({*by_file, *there}):
        yield from _checked_file(root, name, by_file.get(name, []), digests)


def _checked_file(
    root: Path, name: str, fetches: Sequence[Fetch], digests: Mapping[Place, str | None]
) -> Iterator[Checked]:
    path = root / name
    if name.startswith("/") or ".." in PurePosixPath(name).parts or not path.is_file():
        yield from (Checked("archive-fetches", _said(fetch), "the file is missing") for fetch in fetches)
        return
    wanted = {fetch.warc_offset for fetch in fetches if fetch.warc_offset is not None}
    found: dict[int, Member] = {}  # only of records that a fetch names
    with path.open("rb") as file:
        for checked, member in _records(file, name, sorted(wanted)):
            yield checked
            if member is not None and member.offset in wanted:
                found[member.offset] = member
    for fetch in fetches:
        yield from _checked_fetch(root, fetch, found.get(fetch.warc_offset or 0), digests)


def _records(file: BinaryIO, name: str, wanted: Sequence[int]) -> Iterator[tuple[Checked, Member | None]]:
    """Every record in turn; behind a damaged one goes on where the next fetch says that a record begins.

    A record cut off at the very end that no fetch names was being written when a crawl was killed, or is
    being written now: nobody was told of it, so it is no fault.
    """
    size = file.seek(0, 2)
    place: int | None = 0
    while place is not None and place < size:
        try:
            member = member_at(file, place)
        except BrokenError as error:
            if not error.ends_early or any(offset >= place for offset in wanted):
                yield Checked("archive-records", f"{name} at {place}", str(error)), None
            place = next((offset for offset in wanted if offset > place), None)
            continue
        yield Checked("archive-records", f"{name} at {place}", member.wrong), member
        place = member.end


def _checked_fetch(
    root: Path, fetch: Fetch, member: Member | None, digests: Mapping[Place, str | None]
) -> Iterator[Checked]:
    yield Checked("archive-fetches", _said(fetch), _wrong_record(fetch, member))
    if member is None or fetch.payload_sha256 is None:
        return
    if member.headers.get("warc-type") == "revisit":
        yield Checked("archive-payloads", _said(fetch), _wrong_revisit(fetch, member, digests))
        return
    try:
        read_page(root, fetch, sourced=True)
        yield Checked("archive-payloads", _said(fetch))
    except ArchiveError as error:
        yield Checked("archive-payloads", _said(fetch), str(error))


def _wrong_record(fetch: Fetch, member: Member | None) -> str | None:
    if member is None:
        return "no whole record begins there"
    kind, url = member.headers.get("warc-type"), member.headers.get("warc-target-uri")
    if kind not in {"response", "resource", "revisit", "conversion"}:
        return f"a {kind} record lies there"
    printable = "".join(char for char in fetch.url if char.isprintable())  # as it is written into a header
    return None if url == printable else "the record is of another URL"


def _wrong_revisit(fetch: Fetch, member: Member, digests: Mapping[Place, str | None]) -> str | None:
    """The payload was written once, at an earlier fetch, where it is checked itself."""
    said = member.headers.get("warc-refers-to-file-offset", "")
    offset = int(said) if said.isdecimal() and len(said) < MAX_DIGITS else -1
    place = (member.headers.get("warc-refers-to-filename", ""), offset)
    same = digests.get(place) == fetch.payload_sha256
    return None if same else "the revisit refers to no fetch of the same payload"


def _said(fetch: Fetch) -> str:
    return f"{fetch.warc_file} at {fetch.warc_offset} ({fetch.fetch_id}, {fetch.url})"
