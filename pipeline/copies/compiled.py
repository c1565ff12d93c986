"""Loops over grams as machine code (numba), kept between runs; they leave the interpreter's lock."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])

_HERE = Path(__file__).resolve().parent


def _folder() -> Path | None:
    """Where machine code is kept: beside the sources, else in the user's cache; None: nowhere.

    numba goes by the age of the file that a function stands in, and overlooks a change of another file whose
    functions or constants it uses; so the folder is named for all sources of this package.
    """
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(_HERE.glob("*.py"))))
    caches = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111  needs no home
    for place in (_HERE / "__pycache__", Path(caches) / "yuqi"):
        folder = place / f"compiled-{digest.hexdigest()[:12]}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return None


_KEPT = _folder()
if _KEPT:
    setattr(numba.config, "CACHE_DIR", str(_KEPT))  # noqa: B010  numba's stubs do not know it


def compiled(function: F) -> F:
    """Compiled when it is first called, or taken from disk."""
    return cast(F, numba.njit(nogil=True, error_model="numpy", cache=_KEPT is not None)(function))
