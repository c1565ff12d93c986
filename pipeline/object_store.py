"""Archive files and parts as objects, for workers that share no folder: any place that fsspec knows.

Under the store's URL everything has its path in the workspace. Object stores rename nothing, so a part there
is finished when its mark, written last, is there; one that was made with errors gets none, and is made again.

S3 is spoken by Arrow, which is here anyway: s3fs needs an older dateutil than the one that htmldate pins.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import fsspec
from fsspec.implementations.arrow import ArrowFSWrapper
from pyarrow.fs import S3FileSystem

from crawler.whole_files import name_beside, put_unless_there
from crawler.workspace import FailedError
from pipeline.checksums import file_sha256
from pipeline.stages import ReadSource

WHOLE = "_whole"


@dataclass(frozen=True)
class ObjectStore:
    """`url`, such as s3://bucket/corpus, stands for a workspace's folder; `root` is that folder here."""

    url: str
    root: Path

    def at(self, root: Path) -> ObjectStore:
        """The same store, for another folder: that of a worker."""
        return replace(self, root=root)

    @cached_property
    def _place(self) -> tuple[Any, str]:
        kind, _, path = self.url.partition("://")
        if kind == "s3":
            return ArrowFSWrapper(_s3()), path
        try:
            files, path = fsspec.core.url_to_fs(self.url, use_listings_cache=False)
        except (ImportError, ValueError) as error:
            raise FailedError(f"--store {self.url}: {error}") from error
        return files, path

    @property
    def _files(self) -> Any:
        return self._place[0]

    def _there(self, path: Path, *more: str) -> str:
        return "/".join((self._place[1].rstrip("/"), *path.relative_to(self.root).parts, *more))

    def has_part(self, folder: Path) -> bool:
        return bool(self._files.exists(self._there(folder, WHOLE)))

    def lend(self, paths: Iterable[Path]) -> None:
        """What a job reads goes up unless it is there. An archive file may be there and not here."""
        for path in paths:
            if path.is_dir() and not self.has_part(path):
                self.put_part(path, whole=True)
            elif path.is_file() and not self._has_file(path):
                self._put(path, self._there(path))
            elif not path.exists() and not self._files.exists(self._there(path)):
                raise FailedError(f"{path} is neither here nor in {self.url}")

    def _has_file(self, path: Path) -> bool:
        """Archive files grow only at their end."""
        there = self._there(path)
        return bool(self._files.exists(there) and self._files.size(there) == path.stat().st_size)

    def say(self, path: Path, said: bytes) -> None:
        """A small object."""
        there = self._there(path)
        self._files.makedirs(there.rpartition("/")[0], exist_ok=True)  # where folders are no mere names
        self._files.pipe_file(there, said)

    def forget(self, path: Path) -> None:
        if self._files.exists(self._there(path)):
            self._files.rm_file(self._there(path))

    def replaced(self, file: Path) -> bool:
        """Whether a file that lies there, too, was another, and is this one now."""
        there = self._there(file)
        if not self._files.exists(there):
            return False
        with self._files.open(there, "rb") as held:
            if hashlib.file_digest(held, "sha256").hexdigest() == file_sha256(file):
                return False
        self._put(file, there)
        return True

    def forget_others(self, folder: Path) -> int:
        """How many files went that lie below the folder there, and not here."""
        place = self._there(folder)
        names = [str(there).rpartition(f"{place}/")[2] for there in self._files.find(place)]
        gone = [name for name in names if not (folder / name).parent.is_dir()]
        for name in gone:
            self._files.rm_file(f"{place}/{name}")
        return len(gone)

    def put_part(self, folder: Path, *, whole: bool) -> None:
        for file in sorted(folder.iterdir()):
            self._put(file, self._there(folder, file.name))
        if whole:
            self._files.pipe_file(self._there(folder, WHOLE), b"")

    def _put(self, file: Path, there: str) -> None:
        self._files.makedirs(there.rpartition("/")[0], exist_ok=True)
        self._files.put_file(str(file), there)

    def fetch(self, paths: Iterable[Path]) -> None:
        """Files and parts from the store; a part gets its name when all of it is here."""
        for path in paths:
            if path.exists():
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = name_beside(path)
            if self._files.isdir(self._there(path)):
                self._fetch_part(path, fresh)
            else:
                self._files.get_file(self._there(path), str(fresh))
            put_unless_there(fresh, path)

    def fetch_if_there(self, path: Path) -> None:
        if self._files.exists(self._there(path)):
            self.fetch([path])

    def _fetch_part(self, path: Path, fresh: Path) -> None:
        fresh.mkdir()
        for there in self._files.ls(self._there(path), detail=False):
            name = str(there).rpartition("/")[2]
            if name not in ("", WHOLE):
                self._files.get_file(there, str(fresh / name))


def _s3() -> S3FileSystem:
    """Credentials and region from where Amazon's tools have them; Arrow does not read the endpoint there."""
    endpoint = urlsplit(os.environ.get("AWS_ENDPOINT_URL", ""))
    if not endpoint.netloc:
        return S3FileSystem()
    scheme: Literal["http", "https"] = "http" if endpoint.scheme == "http" else "https"
    return S3FileSystem(endpoint_override=endpoint.netloc, scheme=scheme)


@dataclass(frozen=True)
class StoredMark:
    """The mark of a part in the store: says which document is in hand (see `pipeline.quarantine`)."""

    store: ObjectStore
    path: Path

    def write_text(self, text: str, /, encoding: str) -> None:
        self.store.say(self.path, text.encode(encoding))

    def unlink(self, *, missing_ok: bool = False) -> None:  # noqa: ARG002  as a path has it
        self.store.forget(self.path)

    def bring(self) -> None:
        """Where the building process looks for it, if the worker lived to write it."""
        self.store.fetch_if_there(self.path)


def read_by(source: Any) -> Iterator[Path]:
    """The archive files and parts that a job's source names."""
    if isinstance(source, ReadSource):
        yield from {source.root / fetch.warc_file for fetch in source.fetches if fetch.warc_file}
    elif isinstance(source, Path):
        yield source
    else:
        for held in _held(source):
            yield from read_by(held)


def moved(source: Any, old: Path, new: Path) -> Any:
    """The same source under another folder."""
    if isinstance(source, ReadSource):
        return replace(source, root=new)
    if isinstance(source, Path):
        return new / source.relative_to(old)
    if isinstance(source, tuple):
        return tuple(moved(held, old, new) for held in source)
    if isinstance(source, Mapping):
        return {key: moved(held, old, new) for key, held in source.items()}
    if is_dataclass(source) and not isinstance(source, type):
        return replace(source, **{f.name: moved(getattr(source, f.name), old, new) for f in fields(source)})
    return source


def _held(source: Any) -> Iterable[Any]:
    if isinstance(source, tuple):
        return source
    if isinstance(source, Mapping):
        return source.values()
    if is_dataclass(source) and not isinstance(source, type):
        return [getattr(source, field.name) for field in fields(source)]
    return ()
