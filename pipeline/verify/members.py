"""A WARC file record by record, read with nothing but zlib: not by the code that usually reads it."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from typing import BinaryIO

from crawler.archive import MAX_HEADER_BYTES
from crawler.content import MAX_PAYLOAD_BYTES
from crawler.gzip_members import BrokenError, unpacked

HEAD_END = b"\r\n\r\n"
MAX_BLOCK = MAX_PAYLOAD_BYTES + MAX_HEADER_BYTES  # what the reader takes


@dataclass(frozen=True)
class Member:
    """One record: where it lies in the compressed file, its headers by lower-case name, its block."""

    offset: int
    end: int
    headers: dict[str, str]
    block_sha1: str

    @property
    def wrong(self) -> str | None:
        said = self.headers.get("warc-block-digest", "")
        if not said:
            return "no block digest"
        return None if said == f"sha1:{self.block_sha1}" else "the block is not the one that was written"


@dataclass
class _Record:
    """A record while it is unpacked: head first, then so many bytes of block, then two line ends."""

    head: bytes = b""
    headers: dict[str, str] | None = None
    left: int = 0
    tail: bytes = b""
    digest: hashlib._Hash = field(default_factory=lambda: hashlib.sha1(usedforsecurity=False))

    def take(self, piece: bytes) -> None:
        if self.headers is None:
            self.head += piece
            stop = self.head.find(HEAD_END)
            if stop < 0:
                if len(self.head) > MAX_HEADER_BYTES:
                    raise BrokenError("no end of the record's headers")
                return
            self.headers, piece = _headers(self.head[:stop]), self.head[stop + len(HEAD_END) :]
            self.left = _length(self.headers)
        self.digest.update(piece[: self.left])
        self.tail += piece[self.left :]
        self.left -= min(self.left, len(piece))
        if len(self.tail) > len(HEAD_END):
            raise BrokenError("the record is longer than it says")


def member_at(file: BinaryIO, offset: int) -> Member:
    """The record that begins at an offset; BrokenError where there is none that is whole."""
    record = _Record()
    end = offset
    for piece, end in unpacked(file, offset):  # noqa: B007 (where the last piece ended)
        record.take(piece)
    if record.headers is None or record.left or record.tail != HEAD_END:
        raise BrokenError("the record is shorter than it says")
    sha1 = base64.b32encode(record.digest.digest()).decode()
    return Member(offset, end, record.headers, sha1)


def _headers(head: bytes) -> dict[str, str]:
    first, *lines = head.decode("utf-8", errors="replace").split("\r\n")
    if not first.startswith("WARC/"):
        raise BrokenError("no WARC record")
    named = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, _, value in named}


def _length(headers: dict[str, str]) -> int:
    said = headers.get("content-length", "")
    if not (said.isascii() and said.isdigit() and len(said) < 16 and int(said) <= MAX_BLOCK):
        raise BrokenError(f"a block of {said[:20] or 'no'} bytes")
    return int(said)
