"""An archived record replaced by one of the same length that says why it is gone: no other moves."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from crawler.archive_writer import sha1_digest
from crawler.gzip_members import BrokenError, unpacked

MAX_HEAD = 256 << 10  # as the archive's reader takes
GZIP_HEAD = b"\x1f\x8b\x08%c\0\0\0\0\0\xff"  # no time, no system; the flag says whether a name follows
FNAME = 8
MOST_NAME = (
    64  # bytes of a name that fills up what spaces cannot: a length of one digit more takes a byte more
)
STORED = 0xFFFF  # bytes of one stored block of deflate
LONGEST_REASON = 500  # code points; a record has room for as many as it had bytes
BLANK = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Held:
    """A record, with the request that belongs to it, as it lies in the file."""

    offset: int
    length: int
    headers: dict[str, str]

    @property
    def is_blank(self) -> bool:
        return self.headers.get("WARC-Type") == "metadata" and self.headers.get("Content-Type") == BLANK


def held_at(file: BinaryIO, offset: int) -> Held:
    headers, end = _member(file, offset)
    try:
        behind, further = _member(file, end)
    except BrokenError:
        behind, further = {}, end
    record_id = headers.get("WARC-Record-ID")
    if behind.get("WARC-Type") == "request" and behind.get("WARC-Concurrent-To") == record_id:
        end = further
    return Held(offset, end - offset, headers)


def blank(held: Held, said: str) -> bytes:
    """Exactly as long: the block is filled up with spaces; of a tiny record the reason is cut or left out."""
    for reason in dict.fromkeys((said[:LONGEST_REASON], said[:60], "taken down", "")):
        text = f"{reason}\n".encode() if reason else b""
        if (made := _filled(held, text) or _packed(held, text)) is not None:
            return made
    raise BrokenError(f"at {held.offset}: too short to be replaced")


def _filled(held: Held, text: bytes) -> bytes | None:
    """Not compressed, so that its length can be chosen by spaces behind the reason."""
    spaces = 0
    while (left := held.length - len(made := _stored_member(held, text + b" " * spaces))) > MOST_NAME:
        spaces += left - MOST_NAME // 2
    return made if left == 0 else _named(made, left) if left > 0 else None


def _packed(held: Held, text: bytes) -> bytes | None:
    """Compressed, for a record that was tiny itself."""
    raw = _record(held, text)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    made = _member_of(packer.compress(raw) + packer.flush(), raw)
    left = held.length - len(made)
    return made if left == 0 else _named(made, left) if left > 0 else None


def _named(member: bytes, left: int) -> bytes:
    """So many bytes longer: by the file name that the head of a gzip member may hold, ended by a zero."""
    return GZIP_HEAD % FNAME + b"-" * (left - 1) + b"\0" + member[len(GZIP_HEAD) - 1 :]


def _stored_member(held: Held, block: bytes) -> bytes:
    raw = _record(held, block)
    return _member_of(_stored(raw), raw)


def _record(held: Held, block: bytes) -> bytes:
    kept = ("WARC-Record-ID", "WARC-Date", "WARC-Target-URI")
    lines = [
        "WARC/1.1",
        "WARC-Type: metadata",
        *(f"{k}: {held.headers[k]}" for k in kept if k in held.headers),
    ]
    lines += [f"WARC-Block-Digest: {sha1_digest(block)}", f"Content-Type: {BLANK}"]
    return "\r\n".join([*lines, f"Content-Length: {len(block)}", "", ""]).encode() + block + b"\r\n\r\n"


def _stored(raw: bytes) -> bytes:
    """Blocks of deflate without compression."""
    pieces = [raw[start : start + STORED] for start in range(0, len(raw), STORED)]
    return b"".join(
        struct.pack("<BHH", place == len(pieces), len(piece), len(piece) ^ STORED) + piece
        for place, piece in enumerate(pieces, start=1)
    )


def _member_of(packed: bytes, raw: bytes) -> bytes:
    return GZIP_HEAD % 0 + packed + struct.pack("<II", zlib.crc32(raw), len(raw) & 0xFFFFFFFF)


def _member(file: BinaryIO, offset: int) -> tuple[dict[str, str], int]:
    """Headers of the record at an offset, and where its member ends; its block is not kept."""
    head, end = b"", offset
    for piece, end in unpacked(file, offset):  # noqa: B007 (where the last piece ended)
        if len(head) < MAX_HEAD:
            head += piece
    if not head.startswith(b"WARC/"):
        raise BrokenError(f"at {offset}: no record begins there")
    lines = head.partition(b"\r\n\r\n")[0].decode("utf-8", errors="replace").split("\r\n")[1:]
    named = (line.partition(":") for line in lines)
    return {name.strip(): value.strip() for name, _, value in named}, end
