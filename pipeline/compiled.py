"""Loops as machine code (numba), kept between runs; they leave the interpreter's lock."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np

F = TypeVar("F", bound=Callable[..., object])

ZERO = cast(int, np.int64(0))  # a plain 0 is a type of its own: what it is handed to is compiled once more
OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
INNER_OPTIONS = OPTIONS | {"no_cpython_wrapper": True}
BARE_OPTIONS = INNER_OPTIONS | {"_nrt": False}

# Arrays as compiled_for is told of them. numpy.frombuffer gives the first two, which nothing writes to.
BYTES = numba.types.Array(numba.types.uint8, 1, "C", readonly=True)
POINTS = numba.types.Array(numba.types.uint32, 1, "C", readonly=True)  # pipeline.codes.Points
FLAGS = numba.types.Array(numba.types.bool_, 1, "C")
OCTETS = numba.types.Array(numba.types.uint8, 1, "C")
NUMBERS = numba.types.Array(numba.types.int64, 1, "C")
TABLE = numba.types.Array(numba.types.int64, 2, "C")
CODES = numba.types.Array(numba.types.uint64, 1, "C")

_HERE = Path(__file__).resolve().parent


def compiled(function: F) -> F:
    """Compiled when Python first calls it, or taken from disk."""
    return cast(F, numba.njit(cache=_cached(function), **OPTIONS)(function))


def compiled_for(*arguments: Any) -> Callable[[F], F]:
    """Compiled for arguments of these types when its module is imported, or taken from disk.

    For what is called for each page: the first page takes no longer than others.
    """

    def made(function: F) -> F:
        return cast(F, numba.njit(arguments, cache=_cached(function), **OPTIONS)(function))

    return made


def inner(function: F) -> F:
    """Compiled as a part of what calls it, for compiled code alone: a call from Python ends the process.

    A way in from Python and a file of its own for each of these were a third of the time to compile.
    What Python asks of one (a test) is its `py_func`.
    """
    return cast(F, numba.njit(**INNER_OPTIONS)(function))


def bare(function: F) -> F:
    """The same for what is called for each tag of a page, and makes no array of its own.

    Whoever hands it arrays holds them: to count references at each call was half the time of reading a page.
    """
    return cast(F, numba.njit(**BARE_OPTIONS)(function))


def _cached(function: Callable[..., object]) -> bool:
    """Whether its machine code can be kept; tells numba where."""
    folder = _folder(Path(function.__code__.co_filename))
    setattr(numba.config, "CACHE_DIR", str(folder or ""))  # noqa: B010  numba's stubs do not know it
    return folder is not None


@cache
def _folder(source: Path) -> Path | None:
    """Where a module's machine code is kept: beside the sources, else in the user's cache; None: nowhere.

    numba goes by the file that a function stands in, and overlooks a change of another file whose functions
    or constants it uses; so the folder is named for all sources of its package that the module rests on.
    What does not rest on a changed file is not compiled again.
    """
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in _rests_on(source)))
    caches = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111  needs no home
    for place in (source.parent / "__pycache__", Path(caches) / "yuqi"):
        folder = place / f"compiled-{source.stem}-{digest.hexdigest()[:12]}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return None


def _rests_on(source: Path) -> list[Path]:
    """The module's own source, this one, and what it imports from its package, and so on."""
    package = ".".join((_HERE.name, *source.resolve().parent.relative_to(_HERE).parts))
    imports = re.compile(rf"^from {re.escape(package)}\.(\w+) import", re.MULTILINE)
    names, asked = {source.stem}, [source.stem]
    while asked:
        found = set(imports.findall((source.parent / f"{asked.pop()}.py").read_text(encoding="utf-8")))
        asked += found - names
        names |= found
    return [Path(__file__), *(source.parent / f"{name}.py" for name in sorted(names))]
