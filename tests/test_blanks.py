"""A blanked record has the length of the one before, whatever its size, and any reader takes it."""

from __future__ import annotations

import gzip
from io import BytesIO

import pytest
from fastwarc.warc import ArchiveIterator
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive_writer import _member
from crawler.blanks import blank, held_at
from crawler.gzip_members import BrokenError
from pipeline.verify.members import member_at

HEAD = ["WARC-Type: response", "WARC-Record-ID: <urn:uuid:4fd2>", "WARC-Date: 2024-05-01T00:00:00Z"]
BEHIND = _member(["WARC-Type: warcinfo", "WARC-Record-ID: <urn:uuid:77>"], "text/plain", b"behind")


@given(st.binary(max_size=2000) | st.integers(0, 300_000).map(lambda n: bytes(range(256)) * (n // 256)),
       st.text(max_size=600))  # fmt: skip
def test_every_length_is_kept_and_every_reader_goes_on_behind_it(block: bytes, reason: str) -> None:
    target = "WARC-Target-URI: http://farm.example.com/1.html"
    payload = f"WARC-Payload-Digest: sha1:{'A' * 32}"
    response = _member([*HEAD, target, payload], "application/http", b"HTTP/1.1 200 OK\r\n\r\n" + block)
    held = held_at(BytesIO(response + BEHIND), 0)
    assert held.length == len(response)
    made = blank(held, reason)
    assert len(made) == len(response)
    assert member_at(BytesIO(made), 0).wrong is None
    kinds = [str(record.record_type) for record in ArchiveIterator(BytesIO(made + BEHIND), parse_http=False)]
    assert len(kinds) == 2
    assert held_at(BytesIO(made), 0).is_blank


def test_its_request_goes_with_it() -> None:
    response = _member(
        [*HEAD, "WARC-Target-URI: http://farm.example.com/1.html"], "application/http", b"x" * 99
    )
    request = _member(
        ["WARC-Type: request", "WARC-Record-ID: <urn:uuid:5>", "WARC-Concurrent-To: <urn:uuid:4fd2>"],
        "application/http",
        b"GET / HTTP/1.1\r\n\r\n",
    )
    held = held_at(BytesIO(response + request + BEHIND), 0)
    assert held.length == len(response + request)
    assert gzip.decompress(blank(held, "因为")).decode().count("因为") == 1


NO_RECORD = gzip.compress(b"no record", mtime=0)


@pytest.mark.parametrize("damaged", [b"", b"no gzip at all", BEHIND[:-9], NO_RECORD])
def test_what_is_no_record_is_refused(damaged: bytes) -> None:
    with pytest.raises(BrokenError):
        held_at(BytesIO(damaged), 0)
