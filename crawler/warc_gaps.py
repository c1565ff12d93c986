"""Where a WARC file goes on behind a damaged stretch: each record is a gzip member of its own."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from crawler.gzip_members import CHUNK, GZIP, BrokenError, unpacked

GZIP_MAGIC = b"\x1f\x8b"
MEMBER = b"\x1f\x8b\x08"  # how every gzip member begins
RECORD = b"WARC/"
HEAD_BYTES = 4096  # of a member: enough for the name and the first words of its record
MAX_TRIES = 100  # places of one file that look like a record's; a file with more damage is a ruin


def end_of_member(stream: BinaryIO, offset: int) -> int:
    """Where the next one should begin; behind its first byte where it is not whole."""
    end = offset
    try:
        for _, end in unpacked(stream, offset):  # noqa: B007 (where the last piece ended)
            pass
    except BrokenError:
        return offset + 1
    return end


def is_damaged(stream: BinaryIO, offset: int) -> bool:
    """Whether a gzip member begins there that cannot be read to its end, check sum included.

    Lost bytes in its midst may leave as many letters as the record promises, though not the same.
    """
    stream.seek(offset)
    return stream.read(len(GZIP_MAGIC)) == GZIP_MAGIC and end_of_member(stream, offset) == offset + 1


def next_record(stream: BinaryIO, offset: int) -> int | None:
    """The first gzip member from there on that begins as a record does.

    Lost sectors, transfers that went on elsewhere, lengths that lie. What is left alone: files that are not
    compressed, or compressed as a whole, in which nothing says where a record begins.
    """
    for place in islice(_members(stream, offset), MAX_TRIES):
        stream.seek(place)
        if begins_record(stream.read(HEAD_BYTES)):
            return place
    return None


def _members(stream: BinaryIO, offset: int) -> Iterator[int]:
    held = b""
    while True:
        stream.seek(offset + len(held))
        if not (read := stream.read(CHUNK)):
            return
        held += read
        place = held.find(MEMBER)
        while place >= 0:
            yield offset + place
            place = held.find(MEMBER, place + 1)
        kept = len(MEMBER) - 1
        offset += max(0, len(held) - kept)
        held = held[-kept:]


def begins_record(head: bytes) -> bool:
    """Of a gzip member, in its own bytes."""
    try:
        return zlib.decompressobj(GZIP).decompress(head, len(RECORD)) == RECORD
    except zlib.error:
        return False


def ends_whole(stream: BinaryIO, last: int) -> bool:
    """Whether nothing is cut off after the last record: readers end silently there."""
    stream.seek(0)
    if stream.read(2) != GZIP_MAGIC:
        stream.seek(0, os.SEEK_END)
        stream.seek(max(0, stream.tell() - 4))
        return stream.read() == b"\r\n\r\n"
    stream.seek(last)
    unpacker, rest = zlib.decompressobj(GZIP), stream.read(CHUNK)
    while rest:
        unpacker.decompress(rest, CHUNK)
        rest = unpacker.unused_data or unpacker.unconsumed_tail or stream.read(CHUNK)
        if unpacker.eof and rest:
            unpacker = zlib.decompressobj(GZIP)
    return unpacker.eof
