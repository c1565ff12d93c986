"""Loops over grams as machine code (numba), kept between runs; they leave the interpreter's lock."""

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

_HERE = Path(__file__).resolve().parent
_IMPORT = re.compile(r"^from pipeline\.copies\.(\w+) import", re.MULTILINE)


def compiled(function: F) -> F:
    """Compiled when Python first calls it, or taken from disk."""
    folder = _folder(Path(function.__code__.co_filename).stem)
    setattr(numba.config, "CACHE_DIR", str(folder or ""))  # noqa: B010  numba's stubs do not know it
    return cast(F, numba.njit(cache=folder is not None, **OPTIONS)(function))


def inner(function: F) -> F:
    """Compiled as a part of what calls it, for compiled code alone: a call from Python ends the process.

    A way in from Python and a file of its own for each of these were a third of the time to compile.
    What Python asks of one (a test) is its `py_func`.
    """
    return cast(F, numba.njit(**INNER_OPTIONS)(function))


@cache
def _folder(module: str) -> Path | None:
    """Where its machine code is kept: beside the sources, else in the user's cache; None: nowhere.

    numba goes by the file that a function stands in, and overlooks a change of another file whose functions
    or constants it uses; so the folder is named for all sources of this package that the module rests on.
    What does not rest on a changed file is not compiled again.
    """
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in _rests_on(module)))
    caches = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111  needs no home
    for place in (_HERE / "__pycache__", Path(caches) / "yuqi"):
        folder = place / f"compiled-{module}-{digest.hexdigest()[:12]}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return None


def _rests_on(module: str) -> list[Path]:
    """The module's own source, this one, and what it imports from this package, and so on."""
    names, asked = {module, Path(__file__).stem}, [module]
    while asked:
        found = set(_IMPORT.findall((_HERE / f"{asked.pop()}.py").read_text(encoding="utf-8")))
        asked += found - names
        names |= found
    return [_HERE / f"{name}.py" for name in sorted(names)]
