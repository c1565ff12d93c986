"""What an earlier build has left in a folder, if the disk still has all of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

Held = TypeVar("Held")


def first_readable(place: Path, version: str, read: Callable[[Path], Held]) -> Held | None:
    """Of the folders whose names begin with the version; one that cannot be read is removed."""
    for folder in sorted(place.glob(f"{version}*")):
        try:
            return read(folder)
        except (OSError, pa.ArrowException):
            shutil.rmtree(folder)
    return None
