"""The archive: standard tools read it, what does not verify is an error, nothing is half written."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest
from backports import zstd
from crawl_server import workspace_in
from effort import within
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from crawler.archive import ArchiveError, ArchiveWriter, Exchange, folder_name, read_page, read_pages
from crawler.archive_writer import Record
from crawler.content import ContentError, TooLargeError, payload_of
from crawler.page import Fetch, payload_sha256
from crawler.workspace import Workspace

NOW = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
TEXT = "逾期之后怎么办，先核对账单。".encode() * 50


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_in(tmp_path)


def exchange(url: str, body: bytes, **headers: str) -> Exchange:
    named = {"Content-Type": "text/html"} | {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return Exchange(
        url,
        NOW,
        b"GET / HTTP/1.1\r\nHost: example.com\r\n",
        f"HTTP/1.1 200 OK\r\n{lines}".encode(),
        body,
        "192.0.2.1",
    )


def fetch_of(url: str, record: Record, payload: bytes = TEXT) -> Fetch:
    place = (record.warc_file, record.warc_offset)
    return Fetch("f-1", "r", "s", url, NOW, 200, "new", payload_sha256(payload), None, None, *place)


def test_standard_tools_read_what_was_written(workspace: Workspace) -> None:
    with ArchiveWriter(workspace, "s", "r") as writer:
        first = writer.response(
            exchange("http://example.com/1", gzip.compress(TEXT), Content_Encoding="gzip")
        )
        writer.revisit(exchange("http://example.com/1", TEXT), first)
        writer.resource("urn:yuqi:imported:一.txt", NOW, "text/plain", TEXT)
    path = workspace.root / first.warc_file
    with path.open("rb") as file:
        kinds = [record.rec_type for record in ArchiveIterator(file, check_digests="raise")]
    assert kinds == ["warcinfo", "response", "request", "revisit", "request", "resource"]
    assert not Checker(type("Options", (), {"inputs": [str(path)], "verbose": False})).process_all()


def test_every_kind_of_record_reads_back_as_the_payload(workspace: Workspace) -> None:
    url = "http://example.com/1"
    with ArchiveWriter(workspace, "s", "r") as writer:
        packed = writer.response(exchange(url, brotli.compress(TEXT), Content_Encoding="br"))
        again = writer.revisit(exchange(url, TEXT), packed)
        resource = writer.resource(url, NOW, "text/plain; charset=gbk", TEXT)
        fetches = [fetch_of(url, record) for record in (resource, packed, again)]
        read = list(read_pages(workspace.root, fetches, unsourced={url}))
    assert {page.payload for page in read} == {TEXT}
    assert [page.content_type for page in read] == ["text/plain; charset=gbk", "text/html", "text/html"]
    assert not any(page.sourced for page in read)
    assert read_page(workspace.root, fetches[0], sourced=True).sourced


def damaged(workspace: Workspace) -> Iterator[Fetch]:
    with ArchiveWriter(workspace, "s", "r") as writer:
        good = fetch_of("http://example.com/1", writer.response(exchange("http://example.com/1", TEXT)))
    yield replace(good, payload_sha256="0" * 64)
    yield replace(good, warc_offset=10_000_000)
    yield replace(good, warc_offset=(good.warc_offset or 0) + 1)
    yield replace(good, warc_offset=0)
    yield replace(good, warc_file="archive/s/none.warc.gz")
    yield replace(good, warc_file="../outside.warc.gz")
    yield replace(good, warc_file=None)
    path = workspace.root / (good.warc_file or "")
    path.write_bytes(path.read_bytes()[: (good.warc_offset or 0) + 60])
    yield good


def test_a_record_that_is_missing_or_does_not_verify_is_an_error(workspace: Workspace) -> None:
    for fetch in damaged(workspace):
        with pytest.raises(ArchiveError):
            read_page(workspace.root, fetch, sourced=True)


def test_two_writers_never_share_a_file(workspace: Workspace) -> None:
    with ArchiveWriter(workspace, "s", "r") as one, ArchiveWriter(workspace, "s", "r") as two:
        files = {writer.response(exchange("http://example.com/1", TEXT)).warc_file for writer in (one, two)}
    assert len(files) == 2


@pytest.mark.parametrize("site_id", ["..", ".", "", "a/../../b", "x\n", "例子"])
def test_a_site_is_one_folder_whatever_it_is_called(site_id: str) -> None:
    name = folder_name(site_id)
    assert name not in ("", ".", "..") and "/" not in name and name.isascii() and name.isprintable()


PACKED = {
    "gzip": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    "br": brotli.compress(TEXT),
    "zstd": zstd.compress(TEXT),
    "": TEXT,
    "identity": TEXT,
    "gzip, br": brotli.compress(gzip.compress(TEXT)),
}


@pytest.mark.parametrize("encoding", PACKED)
def test_content_encodings_are_undone_within_the_limit(encoding: str) -> None:
    assert payload_of(PACKED[encoding], encoding) == TEXT
    with pytest.raises(TooLargeError):
        payload_of(PACKED[encoding], encoding, limit=100)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_body_that_ends_early_is_not_a_payload(encoding: str) -> None:
    with pytest.raises(ContentError):
        payload_of(PACKED[encoding][:-10], encoding)
    with pytest.raises(ContentError):
        payload_of(TEXT, "compress")


def test_streams_in_a_row_are_one_payload_and_a_bomb_of_empty_ones_takes_no_time() -> None:
    assert payload_of(gzip.compress(TEXT) * 3 + b"\0" * 9, "gzip") == TEXT * 3
    assert payload_of(PACKED["zstd"] * 3, "zstd") == TEXT * 3
    for empty, encoding in ((gzip.compress(b""), "gzip"), (zstd.compress(b""), "zstd")):
        with within(2), pytest.raises(ContentError):  # copied again for each of them, 16 MB took hours
            payload_of(empty * ((16 << 20) // len(empty)), encoding)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "compress"])
def test_an_empty_body_is_empty_whatever_it_is_called(encoding: str) -> None:
    """Servers say of a 304 or a redirect how its page is packed."""
    assert payload_of(b"", encoding) == b""


def test_raw_deflate_and_plain_text_called_gzip_are_read() -> None:
    packer = zlib.compressobj(wbits=-15)
    assert payload_of(packer.compress(TEXT) + packer.flush(), "deflate") == TEXT
    assert payload_of(TEXT, "gzip") == TEXT
