"""Content encodings undone within a limit, so that a small response never unpacks into a large one."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Protocol

import brotli  # type: ignore[import-untyped]
from backports import zstd

MAX_RESPONSE_BYTES = 16 << 20  # as sent; the largest article page seen was 2 MB
MAX_PAYLOAD_BYTES = 64 << 20  # unpacked; the sitemap protocol allows 50 MB
MAX_CODINGS = 4  # a thousand in one another would each unpack up to the limit
MAX_STREAMS = 4096  # in a row: bgzip begins one every 64 kB, and 800,000 empty ones fit into a response
SLICE_BYTES = 64 << 10  # what follows a stream is copied, so it is given little at a time
ACCEPT_ENCODING = "gzip, deflate, br, zstd"

_ZLIB_OR_GZIP = 47
_RAW_DEFLATE = -15
_GZIP_MAGIC = b"\x1f\x8b"
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"


class _Unpacker(Protocol):
    """Of zlib and of zstd."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class TooLargeError(ValueError):
    """The payload is larger than the limit; unpacking stopped there."""


class ContentError(ValueError):
    """The body is not what its Content-Encoding says."""


def payload_of(body: bytes, content_encoding: str, limit: int = MAX_PAYLOAD_BYTES) -> bytes:
    """The body with every content encoding undone, last applied first."""
    if not body:  # of a 304 or a redirect, whatever its headers say of it
        return body
    names = [part.strip().lower() for part in content_encoding.split(",")]
    if len(names) > MAX_CODINGS:
        raise ContentError(f"{len(names)} content encodings in one another")
    for name in reversed(names):
        body = _unpacked(body, name, limit)
    if len(body) > limit:
        raise TooLargeError(f"payload of more than {limit} bytes")
    return body


def gunzipped(body: bytes, limit: int = MAX_PAYLOAD_BYTES) -> bytes:
    """A gzip file (a sitemap.xml.gz, say) unpacked; anything else as it is."""
    return _zlib(body, _ZLIB_OR_GZIP, limit) if body.startswith(_GZIP_MAGIC) else body


def _unpacked(body: bytes, encoding: str, limit: int) -> bytes:
    try:
        match encoding:
            case "" | "identity" | "none":
                return body
            case "gzip" | "x-gzip":
                return gunzipped(body, limit)  # some servers say gzip and send plain text
            case "deflate":
                return _deflate(body, limit)
            case "br":
                return _brotli(body, limit)
            case "zstd":
                return _streams(body, zstd.ZstdDecompressor, _ZSTD_MAGIC, limit)
    except (zlib.error, brotli.error, zstd.ZstdError, EOFError) as error:
        raise ContentError(f"body is not {encoding}: {error}") from error
    raise ContentError(f"unknown content encoding {encoding!r}")


def _zlib(body: bytes, window: int, limit: int) -> bytes:
    """All members of a gzip file, or one zlib stream."""
    return _streams(body, lambda: zlib.decompressobj(window), _GZIP_MAGIC, limit)


def _streams(body: bytes, begin: Callable[[], _Unpacker], magic: bytes, limit: int) -> bytes:
    """One compressed stream and those behind it; what follows the last one is not ours to judge."""
    parts: list[bytes] = []
    room, at = limit, 0
    for _ in range(MAX_STREAMS):
        unpacker = begin()
        while not unpacker.eof and at < len(body):
            piece = body[at : at + SLICE_BYTES]
            parts.append(unpacker.decompress(piece, room + 1))
            room -= len(parts[-1])
            if room < 0:
                raise TooLargeError(f"payload of more than {limit} bytes")
            at += len(piece) - len(unpacker.unused_data)
        if not unpacker.eof:
            raise ContentError("compressed body ends early")
        if not body.startswith(magic, at):
            return b"".join(parts)
    raise ContentError(f"more than {MAX_STREAMS} compressed streams in a row")


def _deflate(body: bytes, limit: int) -> bytes:
    """`deflate` means zlib, but half of the servers send it raw."""
    try:
        return _zlib(body, _ZLIB_OR_GZIP, limit)
    except zlib.error:
        return _zlib(body, _RAW_DEFLATE, limit)


def _brotli(body: bytes, limit: int) -> bytes:
    unpacker = brotli.Decompressor()
    parts = [unpacker.process(body, output_buffer_limit=limit + 1)]
    size = len(parts[0])
    while not unpacker.is_finished() and not unpacker.can_accept_more_data() and size <= limit:
        parts.append(unpacker.process(b"", output_buffer_limit=limit + 1 - size))
        size += len(parts[-1])
    if size > limit:
        raise TooLargeError(f"payload of more than {limit} bytes")
    if not unpacker.is_finished():
        raise ContentError("compressed body ends early")
    return b"".join(parts)
