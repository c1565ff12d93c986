"""Writing WARC files: one gzip member a record, each appended whole before the frontier commits."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import TextIO
from urllib.parse import quote

from isal import isal_zlib

from crawler.cdxj import REVISIT, Entry, line, plain_mime, sort_index, unsorted_path
from crawler.workspace import Workspace

# Of ISA-L: a sixth of the time of zlib's level 4, for a tenth more bytes of a page that came uncompressed
GZIP_LEVEL = 2
MAX_FILE_BYTES = 1 << 30  # the size that archives customarily roll over at
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"

_GZIP = 31
CONTENT_TYPE = re.compile(rb"^content-type:([^\r\n]*)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer as received, transfer encoding undone, content encoding kept."""

    url: str
    fetched_at: datetime
    request_head: bytes  # request line and headers, each with CRLF; b"" where there was none
    response_head: bytes
    body: bytes
    ip_address: str | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A payload without an HTTP head of its own."""

    url: str
    fetched_at: datetime
    content_type: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class Record:
    """Where a record lies, and what a later revisit record needs to refer to it."""

    warc_file: str  # relative to the workspace, forward slashes
    warc_offset: int
    record_id: str
    date: str
    digest: str  # WARC-Payload-Digest: of the body as sent


class ArchiveWriter:
    """Appends the records of one site and run; a file of its own, so that processes never share one."""

    def __init__(self, workspace: Workspace, site_id: str, run_id: str) -> None:
        self._root = workspace.root
        self._folder = workspace.archive / folder_name(site_id)
        self._run_id = run_id
        self._file: FileIO | None = None
        self._index: TextIO | None = None
        self._name = ""

    def response(self, exchange: Exchange) -> Record:
        return self._exchange("response", exchange, sha1_digest(exchange.body), ())

    def revisit(self, exchange: Exchange, original: Record) -> Record:
        """The payload is the original's: only the answer's head is kept, and where the payload lies.

        A 304 keeps the profile of its own; `WARC-Refers-To-File-Offset` is for our own reader.
        """
        not_modified = exchange.response_head.split(b" ", 2)[1:2] == [b"304"]
        fields = (
            ("WARC-Profile", NOT_MODIFIED if not_modified else IDENTICAL),
            ("WARC-Refers-To", original.record_id),
            ("WARC-Refers-To-Target-URI", exchange.url),
            ("WARC-Refers-To-Date", original.date),
            ("WARC-Refers-To-Filename", original.warc_file),
            ("WARC-Refers-To-File-Offset", str(original.warc_offset)),
        )
        return self._exchange("revisit", exchange, original.digest, fields)

    def resource(self, url: str, fetched_at: datetime, content_type: str, payload: bytes) -> Record:
        return self._payload("resource", Rendered(url, fetched_at, content_type, payload), ())

    def conversion(self, original: Record, rendered: Rendered) -> Record:
        """Another form of an answer that is archived as it came."""
        return self._payload("conversion", rendered, (("WARC-Refers-To", original.record_id),))

    def close(self) -> None:
        """Flushes to the disk itself, then puts the index in order."""
        if self._file is not None:
            file, self._file = self._file, None
            with file:
                os.fsync(file.fileno())
        if self._index is not None:
            index, self._index = self._index, None
            index.close()
            sort_index(self._root / self._name)

    def __enter__(self) -> ArchiveWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _payload(self, kind: str, held: Rendered, more: Sequence[tuple[str, str]]) -> Record:
        record_id, date, digest = _record_id(), _warc_date(held.fetched_at), sha1_digest(held.payload)
        head = _head(kind, record_id, date, held.url, (*more, ("WARC-Payload-Digest", digest)))
        member = _member(head, _one_line(held.content_type), held.payload)
        offset = self._append(member)
        self._note(Entry(held.url, date, plain_mime(held.content_type), "200", digest, offset, len(member)))
        return Record(self._name, offset, record_id, date, digest)

    def _exchange(
        self, kind: str, exchange: Exchange, digest: str, more: Sequence[tuple[str, str]]
    ) -> Record:
        record_id, date = _record_id(), _warc_date(exchange.fetched_at)
        address = (("WARC-IP-Address", exchange.ip_address),) if exchange.ip_address else ()
        body = b"" if kind == "revisit" else exchange.body
        head = _head(kind, record_id, date, exchange.url, (*more, *address, ("WARC-Payload-Digest", digest)))
        members = _member(head, "application/http; msgtype=response", exchange.response_head + b"\r\n" + body)
        length = len(members)
        if exchange.request_head:
            head = _head("request", _record_id(), date, exchange.url, (("WARC-Concurrent-To", record_id),))
            members += _member(head, "application/http; msgtype=request", exchange.request_head + b"\r\n")
        offset = self._append(members)
        mime = REVISIT if kind == "revisit" else _mime(exchange.response_head)
        status = exchange.response_head.split(b" ", 2)[1][:3].decode("ascii", errors="replace").strip()
        self._note(Entry(exchange.url, date, mime, status, digest, offset, length))
        return Record(self._name, offset, record_id, date, digest)

    def _note(self, entry: Entry) -> None:
        assert self._index is not None
        self._index.write(line(entry, self._name.rpartition("/")[2]))

    def _append(self, members: bytes) -> int:
        """Whole or not at all: what a full disk cut off is taken back."""
        if self._file is not None and self._file.tell() + len(members) > MAX_FILE_BYTES:
            self.close()
        file = self._file or self._open()
        offset = file.tell()
        try:
            _write_all(file, members)
        except OSError:
            file.truncate(offset)
            file.seek(offset)
            raise
        return offset

    def _open(self) -> FileIO:
        """A new file that begins with its warcinfo record; none is left where that fails."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path, file = _new_file(self._folder, self._run_id)
        try:
            _write_all(file, _warcinfo(path.name))
        except OSError:
            file.close()
            path.unlink()
            raise
        self._file, self._name = file, path.relative_to(self._root).as_posix()
        self._index = unsorted_path(path).open("w", encoding="utf-8")
        return file


def _new_file(folder: Path, run_id: str) -> tuple[Path, FileIO]:
    """A name that no other process has taken: `<timestamp>-<run>-<n>.warc.gz`."""
    stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
    for number in range(1, 100_000):
        path = folder / f"{stamp}-{run_id}-{number:05}.warc.gz"
        try:
            return path, path.open("xb", buffering=0)
        except FileExistsError:
            continue
    raise FileExistsError(f"{folder}: no free file name")


def _write_all(file: FileIO, block: bytes) -> None:
    """To the operating system, with no buffer in between: what is written survives `kill -9`."""
    view = memoryview(block)
    while view:
        view = view[file.write(view) :]


def folder_name(site_id: str) -> str:
    """A site id as one path segment: a host that an import brought may hold anything."""
    name = quote(site_id, safe="._-")
    return name if name.strip(".") else "unnamed"


def sha1_digest(block: bytes) -> str:
    """As every archive tool writes it; our own checks use SHA-256 of the unpacked payload."""
    return "sha1:" + base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()


def _mime(response_head: bytes) -> str:
    found = CONTENT_TYPE.search(response_head)
    return plain_mime(found[1].decode("latin-1") if found else "")


def _record_id() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"


def _warc_date(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _one_line(value: str) -> str:
    if value and value.isprintable():
        return value
    return "".join(c for c in value if c.isprintable()) or "application/octet-stream"


def _head(kind: str, record_id: str, date: str, url: str, more: Iterable[tuple[str, str]]) -> list[str]:
    named = [("WARC-Type", kind), ("WARC-Record-ID", record_id), ("WARC-Date", date)]
    return [f"{key}: {_one_line(value)}" for key, value in [*named, ("WARC-Target-URI", url), *more]]


def _member(head: list[str], content_type: str, block: bytes) -> bytes:
    lines = ["WARC/1.1", *head, f"WARC-Block-Digest: {sha1_digest(block)}"]
    lines += [f"Content-Type: {content_type}", f"Content-Length: {len(block)}", "", ""]
    raw = b"".join(("\r\n".join(lines).encode(), block, b"\r\n\r\n"))
    return isal_zlib.compress(raw, GZIP_LEVEL, _GZIP)


def _warcinfo(filename: str) -> bytes:
    head = ["WARC-Type: warcinfo", f"WARC-Record-ID: {_record_id()}"]
    head += [f"WARC-Date: {_warc_date(datetime.now(UTC))}", f"WARC-Filename: {filename}"]
    block = b"software: yuqi\r\nformat: WARC File Format 1.1\r\n"
    return _member(head, "application/warc-fields", block)
