"""A gzip file member by member, read with nothing but zlib: not by the code that usually reads archives."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 1 << 18  # bytes held at once
GZIP = 31


class BrokenError(ValueError):
    """No whole record begins at an offset. `ends_early`: the file ends in it, as after a kill."""

    def __init__(self, said: str, ends_early: bool = False) -> None:
        super().__init__(said)
        self.ends_early = ends_early


def unpacked(file: BinaryIO, offset: int) -> Iterator[tuple[bytes, int]]:
    """Pieces of one gzip member, each with the place where the member's bytes read so far end."""
    file.seek(offset)
    unpacker = zlib.decompressobj(GZIP)
    while not unpacker.eof:
        packed = unpacker.unconsumed_tail or file.read(CHUNK)
        try:
            piece = unpacker.decompress(packed, CHUNK)
        except zlib.error as error:
            raise BrokenError(f"damaged: {error}") from error
        if not packed and not piece and not unpacker.eof:
            raise BrokenError("the file ends within the record", ends_early=True)
        yield piece, file.tell() - len(unpacker.unused_data)
