"""Pages that lie in files: WARC and WACZ records, saved HTML and plain text. Reads only, one at a time."""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from unicodedata import category, normalize
from urllib.parse import quote, urlsplit

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType
from selectolax.lexbor import LexborHTMLParser

from crawler.answers import HTTP, answer, dechunked, response_head
from crawler.archive import MAX_HEADER_BYTES
from crawler.archive_writer import Exchange
from crawler.bombs import is_bomb
from crawler.content import MAX_PAYLOAD_BYTES, ContentError, TooLargeError, payload_of
from crawler.released import CONTENT_TYPE, is_release, released
from crawler.urls import canonical
from crawler.warc_gaps import RECORD, begins_record, end_of_member, ends_whole, is_damaged, next_record

HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
TEXT_SUFFIXES = frozenset({".txt", ".text", ".md"})
WARC_SUFFIXES = (".warc", ".warc.gz", ".warc.zst")
PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
SNIFF_BYTES = 4096
HEAD_BYTES = 256 << 10  # where a page names its own address
MAX_ZIP_RATIO = 1000  # deflate cannot do more; WACZ stores its WARC files as they are
CHUNK = 1 << 20
FIRST_PAGE = datetime(1991, 8, 6, tzinfo=UTC)  # the day the web was opened to everybody
CLOCK_ERROR = timedelta(days=1)
PAGE_RECORDS = (
    WarcRecordType.response, WarcRecordType.resource, WarcRecordType.revisit, WarcRecordType.conversion,
)  # fmt: skip
UNZIPPABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
MAX_STRETCHES = 100  # of a file that are told apart; one with more damage is a ruin


@dataclass(frozen=True, slots=True)
class Capture:
    """One page as a file or record holds it."""

    url: str | None  # http or https; None where the file does not say
    path: str  # below the folder that was given
    fetched_at: datetime
    status: int
    content_type: str
    payload: bytes
    is_record: bool = False
    exchange: Exchange | None = None  # of a response record
    sourced: bool = True  # false: it says itself that nobody vouches for it
    cut_short: bool = False  # by whoever archived it: Common Crawl ends long pages
    digest: str | None = None  # as its record says it; a revisit record names its payload so
    is_revisit: bool = False  # the payload stands in another record


@dataclass(frozen=True, slots=True)
class Left:
    """Something that was not taken, and why; `skipped` is what holds no page at all."""

    path: str
    reason: str
    url: str | None = None  # of a record that names its page


def captures(path: Path) -> Iterator[Capture | Left]:
    """Everything below a folder in the order of names, or one file. Hidden files are no pages."""
    if path.is_dir() and is_release(path):
        yield from _from_release(path)
    elif path.is_dir():
        for file in _files(path):
            yield from _from_file(file, file.relative_to(path).as_posix())
    else:
        yield from _from_file(path, path.name)


def _from_release(folder: Path) -> Iterator[Capture]:
    """Under the addresses of their pages; one of unknown origin stays so."""
    for one in released(folder):
        said = (one.url, folder.name, one.fetched_at, 200, CONTENT_TYPE, one.payload)
        yield Capture(*said, is_record=one.sourced, sourced=one.sourced)


def _files(folder: Path) -> Iterator[Path]:
    """Regular files; links that lead out of the folder are not followed, nor pipes opened."""
    inside = folder.resolve()
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(place, name)
            if not name.startswith(".") and file.resolve().is_relative_to(inside) and _is_regular(file):
                yield file


def _is_regular(file: Path) -> bool:
    try:
        return stat.S_ISREG(file.stat().st_mode)
    except OSError:
        return False


def _from_file(file: Path, path: str) -> Iterator[Capture | Left]:
    name = file.name.lower()
    try:
        changed_at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        if name.endswith(WARC_SUFFIXES) or _is_warc(file):
            with file.open("rb") as stream:
                yield from _from_warc(stream, path, changed_at)
        elif name.endswith(".wacz"):
            yield from _from_wacz(file, path, changed_at)
        else:
            yield _saved_page(file, path, changed_at)
    except PermissionError:
        yield Left(path, "unreadable")


def _is_warc(file: Path) -> bool:
    """By its first bytes, whatever its name: slices are often saved without an ending, or as .gz."""
    with file.open("rb") as stream:
        head = stream.read(SNIFF_BYTES)
    return head.startswith(RECORD) or begins_record(head)


def _saved_page(file: Path, path: str, changed_at: datetime) -> Capture | Left:
    with file.open("rb") as stream:
        content_type = _content_type(file.suffix.lower(), stream.read(SNIFF_BYTES))
        if content_type is None:
            return Left(path, "skipped")
        stream.seek(0)
        payload = stream.read(MAX_PAYLOAD_BYTES + 1)
    if len(payload) > MAX_PAYLOAD_BYTES:
        return Left(path, "too-large")
    url = own_address(payload) if content_type == "text/html" else None
    return Capture(url, path, changed_at, 200, content_type, payload)


def _content_type(suffix: str, head: bytes) -> str | None:
    """By the name; a page saved under another name (`show.php?id=1`) by how it begins."""
    if suffix in HTML_SUFFIXES:
        return "text/html"
    if suffix in TEXT_SUFFIXES:
        return "text/plain"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "text/html" if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) else None


def own_address(payload: bytes) -> str | None:
    """`rel=canonical`, else `og:url`, where it is a web address."""
    head = payload[:HEAD_BYTES].decode("utf-8", errors="replace")
    tree = LexborHTMLParser("" if is_bomb(head) else head)
    for css, attribute in (("link[rel~=canonical i]", "href"), ("meta[property='og:url' i]", "content")):
        node = tree.css_first(css)
        url = canonical(node.attributes.get(attribute) or "") if node else None
        if url is not None:
            return url
    return None


def urn(site_id: str, path: str) -> str:
    """Name of a page without an address: letters of any script stay, what could end a line does not."""
    name = "".join(c if _is_plain(c) else quote(c, errors="surrogateescape") for c in normalize("NFC", path))
    return f"urn:yuqi:{site_id}:{name}"


def _is_plain(character: str) -> bool:
    return category(character)[0] in "LMNPS" and character != "%"


def _from_wacz(file: Path, path: str, changed_at: datetime) -> Iterator[Capture | Left]:
    """A damaged file in it costs no other one."""
    try:
        with zipfile.ZipFile(file) as archive:
            for info in sorted(archive.infolist(), key=lambda info: info.filename):
                if info.filename.lower().endswith(WARC_SUFFIXES):
                    yield from _from_entry(archive, info, f"{path}/{info.filename}", changed_at)
    except UNZIPPABLE:
        yield Left(path, "truncated-warc")


def _from_entry(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, changed_at: datetime
) -> Iterator[Capture | Left]:
    if info.file_size > max(info.compress_size, 1) * MAX_ZIP_RATIO:
        yield Left(path, "too-large")
        return
    try:
        with archive.open(info) as stream:
            yield from _from_warc(stream, path, changed_at)  # type: ignore[arg-type]
    except UNZIPPABLE:
        yield Left(path, "truncated-warc")


def _from_warc(stream: BinaryIO, path: str, changed_at: datetime) -> Iterator[Capture | Left]:
    """Whole records; `truncated-warc` for each stretch that cannot be read, and for a rest that cannot."""
    begin, stretch = 0, None
    for _ in range(MAX_STRETCHES):
        lost = yield from _records(stream, path, changed_at, begin)
        if stretch is not None and lost != begin:
            yield Left(f"{path}#{stretch}", "truncated-warc")
            stretch = None
        if lost is None:
            return
        stretch = lost if stretch is None else stretch
        following = next_record(stream, lost if lost > begin else begin + 1)
        if following is None:
            break
        begin = following
    yield Left(path, "truncated-warc")


def _records(
    stream: BinaryIO, path: str, changed_at: datetime, begin: int
) -> Generator[Capture | Left, None, int | None]:
    """From an offset on; where the first one lies that cannot be read, None where all can.

    Each is given when the next one has begun: only then its check sum has been compared.
    """
    last, held = None, None
    stream.seek(begin)
    try:
        for record in ArchiveIterator(stream, parse_http=False):
            if held is not None:
                yield held
            held = _from_record(record, path, changed_at)
            if isinstance(held, Left) and held.reason == "truncated-warc":
                return int(record.stream_pos)
            last = record.stream_pos
        if ends_whole(stream, last or begin):
            if held is not None:
                yield held
            return None
    except (OSError, ValueError, EOFError, zlib.error):
        pass
    if last is None:
        return begin
    if held is not None and not is_damaged(stream, last):
        yield held
    return end_of_member(stream, last)


def _from_record(record: WarcRecord, path: str, changed_at: datetime) -> Capture | Left | None:
    """A page, why it is none, or None for records that describe others."""
    if record.record_type not in PAGE_RECORDS or _is_mere_text(record):
        return None
    given = record.headers.get("WARC-Target-URI") or ""
    url = canonical(given.strip("<> "))
    if url is None or urlsplit(url).path == "/robots.txt":
        return Left(path, "skipped")
    if record.content_length > MAX_PAYLOAD_BYTES + MAX_HEADER_BYTES:
        return Left(path, "too-large" if _holds_what_it_says(record) else "truncated-warc", url)
    fetched_at = _record_date(record) or changed_at
    digest = record.headers.get("WARC-Payload-Digest")
    empty = Capture(url, path, fetched_at, 200, "", b"", is_record=True, digest=digest)
    if record.record_type == WarcRecordType.revisit:
        return replace(empty, is_revisit=True)
    read = _response if record.record_type == WarcRecordType.response else _resource
    return read(record, empty)


def _is_mere_text(record: WarcRecord) -> bool:
    """A page as a browser showed it is one, too; the plain text that Common Crawl makes of pages is none."""
    typed = (record.headers.get("Content-Type") or "").lower()
    return bool(record.record_type == WarcRecordType.conversion and "html" not in typed)


def _holds_what_it_says(record: WarcRecord) -> bool:
    """Reads a long record to its end: a false length would swallow the records behind it unsaid."""
    left = record.content_length
    while left > 0 and (held := record.reader.read(min(left, CHUNK))):
        left -= len(held)
    return bool(left == 0)


def _resource(record: WarcRecord, empty: Capture) -> Capture | Left:
    payload = record.reader.read(record.content_length) if record.content_length else b""
    if len(payload) != record.content_length:
        return Left(empty.path, "truncated-warc")
    return _page_itself(record, empty, payload)


def _page_itself(record: WarcRecord, empty: Capture, payload: bytes) -> Capture | Left:
    """A record that holds the page and no answer around it, whatever its type says."""
    said = record.headers.get("Content-Type") or ""
    content_type = "" if said.lower().startswith("application/http") else said
    if not _is_page(content_type):
        return Left(empty.path, "skipped")
    return replace(empty, content_type=content_type, payload=payload)


def _response(record: WarcRecord, empty: Capture) -> Capture | Left:
    """The answer without its transfer encoding; content encoding stays in what is archived."""
    length = record.content_length
    block = record.reader.read(length) if length else b""
    if len(block) != length:
        return Left(empty.path, "truncated-warc")
    if not block.startswith(HTTP):
        return _page_itself(record, empty, block)
    headers, body = answer(block)
    content_type = headers.get("Content-Type") or ""
    if not _is_page(content_type):
        return Left(empty.path, "skipped")
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        body = dechunked(body)
    try:
        payload = payload_of(body, ", ".join(headers.get_multiple("Content-Encoding")))
    except TooLargeError:
        return Left(empty.path, "too-large", empty.url)
    except ContentError:
        return Left(empty.path, "undecodable", empty.url)
    exchange = Exchange(empty.url or "", empty.fetched_at, b"", response_head(headers), body)
    status = headers.status_code or 0
    cut_short = record.headers.get("WARC-Truncated") is not None
    return replace(
        empty,
        status=status,
        content_type=content_type,
        payload=payload,
        exchange=exchange,
        cut_short=cut_short,
    )


def _is_page(content_type: str) -> bool:
    said = content_type.partition(";")[0].strip().lower()
    return not said or said in PAGE_TYPES


def _record_date(record: WarcRecord) -> datetime | None:
    """None where the header is missing, no date, or a date before the web or after today."""
    try:
        moment = datetime.fromisoformat((record.headers.get("WARC-Date") or "").strip())
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if FIRST_PAGE <= moment <= datetime.now(UTC) + CLOCK_ERROR else None
