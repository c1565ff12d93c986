"""What a release's list of checksums is made of."""

from __future__ import annotations

import hashlib
from io import BufferedWriter, FileIO
from pathlib import Path
from typing import Any

SUMS = "SHA256SUMS"  # as `sha256sum` writes and checks it
BUFFER = 1 << 20  # bytes; writers hand on a few kilobytes at a time


class SummedFile(BufferedWriter):
    """A new file whose SHA-256 is known when its last byte is written, without reading it again."""

    def __init__(self, path: Path) -> None:
        super().__init__(FileIO(path, "x"), BUFFER)
        self._sum = hashlib.sha256()

    def write(self, data: Any) -> int:
        self._sum.update(data)
        return super().write(data)

    @property
    def sha256(self) -> str:
        return self._sum.hexdigest()


def file_sha256(path: Path) -> str:
    """Of the file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
