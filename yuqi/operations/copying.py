"""One file to another place, with its digest: whole under a passing name, renamed by the caller."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from pipeline.checksums import file_sha256

CHUNK = 1 << 20
OWNER_ONLY = 0o600


def passing_name(path: Path) -> Path:
    return path.with_name(f".{path.name}.fresh")


def copy_file(source: Path, target: Path) -> str:
    """SHA-256 of what was written; mode and time of change are the source's, as they were before.

    A file that grows meanwhile is copied as far as it was, and has another time afterwards.
    """
    before = source.stat()
    digest = hashlib.sha256()
    fresh = passing_name(target)
    with source.open("rb") as read, _opened(fresh) as written:
        left = before.st_size
        while left > 0 and (block := read.read(min(CHUNK, left))):
            digest.update(block)
            written.write(block)
            left -= len(block)
        written.flush()
        os.fsync(written.fileno())
    fresh.chmod(before.st_mode & 0o777)
    os.utime(fresh, ns=(before.st_atime_ns, before.st_mtime_ns))
    return digest.hexdigest()


def copy_database(source: Path, target: Path) -> str:
    """As it is at one moment, whoever writes to it; by SQLite's own way of copying."""
    fresh = passing_name(target)
    fresh.unlink(missing_ok=True)
    _opened(fresh).close()
    with (
        closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as live,
        closing(sqlite3.connect(fresh)) as copy,
    ):
        live.backup(copy)
    shutil.copymode(source, fresh)
    return file_sha256(fresh)


def _opened(path: Path) -> BinaryIO:
    """For writing, readable by the owner only from its first byte: it may be the secret key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb")
