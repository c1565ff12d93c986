"""A release against its own SHA256SUMS; needs no workspace, so that whoever has one can check it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pipeline.checksums import SUMS, file_sha256
from pipeline.verify.checked import Checked

MAX_SUMS_BYTES = 16 << 20  # a release has some hundred files
CHECK = "release-files"


def checked_release(folder: Path) -> Iterator[Checked]:
    """Every file that is named, then every file that is there and not named."""
    sums = folder / SUMS
    if not sums.is_file() or sums.stat().st_size > MAX_SUMS_BYTES:
        yield Checked(CHECK, str(sums), "no list of checksums: not a release")
        return
    named: set[str] = set()
    for number, line in enumerate(sums.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        digest, _, name = line.partition("  ")
        wrong = _wrong(folder, name, digest) if name else "not of the form `digest  name`"
        yield Checked(CHECK, name or f"{SUMS} line {number}", wrong)
        named.add(name)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_dir() and name != SUMS and name not in named:
            yield Checked(CHECK, name, f"stands in no line of {SUMS}")


def _wrong(folder: Path, name: str, digest: str) -> str | None:
    """A list may be somebody else's: it opens nothing outside its folder."""
    if "\0" in name:
        return "is no name of a file"
    path = folder / name
    if PurePosixPath(name).is_absolute() or not path.resolve().is_relative_to(folder.resolve()):
        return "lies outside the release"
    if not path.is_file():
        return "is missing"
    return None if file_sha256(path) == digest.lower() else f"is not the file that {SUMS} names"
