"""WARC files: one gzip member a record, appended and flushed, read back by file and offset."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Container, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from crawler.archive_writer import ArchiveWriter, Exchange, Record, folder_name
from crawler.content import MAX_PAYLOAD_BYTES, ContentError, payload_of
from crawler.page import Fetch, Page, payload_sha256

__all__ = [
    "ArchiveError",
    "ArchiveWriter",
    "Exchange",
    "Record",
    "folder_name",
    "read_page",
    "read_pages",
    "unpacked_record",
]

MAX_OPEN_FILES = 16  # of one reader
MAX_HEADER_BYTES = 256 << 10


class ArchiveError(Exception):
    """A record is missing or does not verify; names file and offset."""


def read_page(root: Path, fetch: Fetch, sourced: bool) -> Page:
    """The payload that a fetch brought, decoded and checked against its digest."""
    return next(read_pages(root, [fetch], () if sourced else (fetch.url,)))


def read_pages(root: Path, fetches: Iterable[Fetch], unsourced: Container[str] = ()) -> Iterator[Page]:
    """Pages in the order of the fetches; `unsourced` holds the URLs that nobody vouches for.

    Sort by file and offset to read fast: the files used last stay open.
    """
    files = _Files(root)
    try:
        for fetch in fetches:
            yield _page(files, fetch, sourced=fetch.url not in unsourced)
    finally:
        files.close()


def _page(files: _Files, fetch: Fetch, sourced: bool) -> Page:
    if fetch.warc_file is None or fetch.warc_offset is None:
        raise ArchiveError(f"{fetch.url}: nothing was archived by fetch {fetch.fetch_id}")
    place = f"{fetch.warc_file} at {fetch.warc_offset}"
    status, content_type, payload = _payload(files, fetch.warc_file, fetch.warc_offset, follow=True)
    if payload_sha256(payload) != fetch.payload_sha256:
        raise ArchiveError(f"{place}: the payload of {fetch.url} is not the one that was archived")
    return Page(
        fetch_id=fetch.fetch_id,
        site_id=fetch.site_id,
        url=fetch.url,
        fetched_at=fetch.fetched_at,
        http_status=fetch.http_status or status,
        content_type=content_type,
        payload=payload,
        payload_sha256=fetch.payload_sha256,
        sourced=sourced,
    )


def _payload(files: _Files, warc_file: str, offset: int, follow: bool) -> tuple[int, str, bytes]:
    """(HTTP status, content type, payload); a revisit leads to the record that it refers to, once."""
    place = f"{warc_file} at {offset}"
    try:
        record = files.record(warc_file, offset)
        if record.record_type == WarcRecordType.revisit and follow:
            return _payload(files, *_referred(record, place), follow=False)
        return unpacked_record(record)
    except (OSError, ValueError, EOFError) as error:
        raise ArchiveError(f"{place}: {error}") from error


def unpacked_record(record: WarcRecord) -> tuple[int, str, bytes]:
    """(HTTP status, content type, payload) of a record that holds a page, within the size limits."""
    if record.content_length > MAX_PAYLOAD_BYTES + MAX_HEADER_BYTES:
        raise ContentError(f"record of {record.content_length} bytes is larger than the limit")
    if record.record_type in (WarcRecordType.resource, WarcRecordType.conversion):
        content_type, payload = record.headers.get("Content-Type") or "", _all_of(record)
        return 200, content_type, payload
    if record.record_type != WarcRecordType.response:
        raise ContentError(f"a {record.record_type} record holds no page")
    record.parse_http(auto_decode="transfer", max_header_len=MAX_HEADER_BYTES)
    headers = record.http_headers
    body = record.reader.read(MAX_PAYLOAD_BYTES + 1)
    payload = payload_of(body, ", ".join(headers.get_multiple("Content-Encoding")))
    return headers.status_code or 0, headers.get("Content-Type") or "", payload


def _all_of(record: WarcRecord) -> bytes:
    payload: bytes = record.reader.read(record.content_length) if record.content_length else b""
    if len(payload) != record.content_length:
        raise EOFError(f"record ends after {len(payload)} of {record.content_length} bytes")
    return payload


def _referred(record: WarcRecord, place: str) -> tuple[str, int]:
    name = record.headers.get("WARC-Refers-To-Filename")
    offset = record.headers.get("WARC-Refers-To-File-Offset")
    if not name or not offset or not offset.isdigit():
        raise ArchiveError(f"{place}: a revisit record that does not say where the payload lies")
    return name, int(offset)


class _Files:
    """Archive files held open, least recently used closed first."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._open: OrderedDict[str, BinaryIO] = OrderedDict()

    def record(self, warc_file: str, offset: int) -> WarcRecord:
        file = self._file(warc_file)
        file.seek(offset)
        for record in ArchiveIterator(file, parse_http=False):
            return record
        raise EOFError("no record there")

    def close(self) -> None:
        while self._open:
            self._open.popitem()[1].close()

    def _file(self, warc_file: str) -> BinaryIO:
        if warc_file not in self._open:
            if warc_file.startswith("/") or ".." in PurePosixPath(warc_file).parts:
                raise ArchiveError(f"{warc_file}: not a file of this workspace")
            while len(self._open) >= MAX_OPEN_FILES:
                self._open.popitem(last=False)[1].close()
            self._open[warc_file] = (self._root / warc_file).open("rb")
        self._open.move_to_end(warc_file)
        return self._open[warc_file]
