"""The index beside each archive file: CDXJ, sorted, as pywb and other replay tools read it."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from crawler.whole_files import write_whole

SUFFIX = ".cdxj"
UNSORTED = ".cdxj.part"  # of a file that is being written
INDEXED = (
    WarcRecordType.response, WarcRecordType.revisit, WarcRecordType.resource, WarcRecordType.conversion,
)  # fmt: skip
REVISIT = "warc/revisit"


@dataclass(frozen=True, slots=True)
class Entry:
    """One record; offset and length are of its compressed member."""

    url: str
    date: str  # as in the record: 2026-01-02T03:04:05Z
    mime: str
    status: str
    digest: str
    offset: int
    length: int


def index_path(warc_file: Path) -> Path:
    return warc_file.with_name(warc_file.name.removesuffix(".warc.gz") + SUFFIX)


def unsorted_path(warc_file: Path) -> Path:
    return warc_file.with_name(warc_file.name.removesuffix(".warc.gz") + UNSORTED)


def line(entry: Entry, filename: str) -> str:
    """`key timestamp {json}`; values are JSON strings, as the format has it."""
    stamp = "".join(c for c in entry.date if c.isdigit())[:14]
    said = {"url": entry.url, "mime": entry.mime, "status": entry.status, "digest": entry.digest}
    said |= {"length": str(entry.length), "offset": str(entry.offset), "filename": filename}
    return f"{sort_key(entry.url)} {stamp} {json.dumps(said, ensure_ascii=False)}\n"


def sort_key(url: str) -> str:
    """The host's parts from last to first, so that a site's pages stand together.

    >>> sort_key("http://www.example.com:8080/a/1.html?id=2")
    'com,example:8080)/a/1.html?id=2'
    """
    parts = urlsplit(url)
    if not parts.netloc:
        return "".join(url.split()).lower()
    host, _, port = parts.netloc.lower().removeprefix("www.").partition(":")
    is_name = not host.replace(".", "").isdigit() and not host.startswith("[")
    key = ",".join(reversed(host.split("."))) if is_name else host
    rest = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return f"{key}{f':{port}' if port else ''}){rest.lower()}"


def sort_index(warc_file: Path) -> None:
    """What was noted while the file was written, in order; whole or not there."""
    noted = unsorted_path(warc_file)
    with noted.open(encoding="utf-8") as file:
        _write(index_path(warc_file), file.readlines())
    noted.unlink()


def complete(folder: Path, run_id: str) -> None:
    """Indexes of the files that a killed process of this run has left."""
    for path in sorted(folder.glob(f"*-{run_id}-*.warc.gz")):
        if not index_path(path).exists():
            _write(index_path(path), [line(entry, path.name) for entry in entries(path)])
            unsorted_path(path).unlink(missing_ok=True)


def without(warc_file: Path, offsets: Container[int]) -> None:
    """The index less the records at these offsets, which hold no page any more."""
    path = index_path(warc_file)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    _write(path, [line for line in lines if int(json.loads(line.split(" ", 2)[2])["offset"]) not in offsets])


def entries(path: Path, last: bool = False) -> Iterator[Entry]:
    """Whole records, read back. Unless asked for, without the last: a whole one has its request behind."""
    held: Entry | None = None
    with path.open("rb") as file, suppress(OSError, ValueError, EOFError):
        for record in ArchiveIterator(file, parse_http=False):
            if held is not None:
                yield replace(held, length=record.stream_pos - held.offset)
            held = None
            if record.record_type in INDEXED:
                held = _entry(record)
        if last and held is not None:
            yield held


def _entry(record: WarcRecord) -> Entry:
    record.parse_http()
    http = record.http_headers
    is_revisit = record.record_type == WarcRecordType.revisit
    mime = (http.get("Content-Type") if http else record.headers.get("Content-Type")) or ""
    return Entry(
        url=record.headers.get("WARC-Target-URI") or "",
        date=record.headers.get("WARC-Date") or "",
        mime=REVISIT if is_revisit else plain_mime(mime),
        status=str(http.status_code) if http else "200",
        digest=record.headers.get("WARC-Payload-Digest") or "",
        offset=record.stream_pos,
        length=0,
    )


def plain_mime(content_type: str) -> str:
    """Without parameters; `unk` is how indexes write that there was none."""
    said = content_type.partition(";")[0].strip().lower()
    return said if said.isascii() and said.isprintable() and said else "unk"


def _write(path: Path, lines: Iterable[str]) -> None:
    write_whole(path, "".join(sorted(lines)))
