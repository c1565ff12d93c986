"""Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but something needs a person, 75 busy."""

from __future__ import annotations

import errno
import sys

from yuqi.terminal import clean

DONE = 0
FAILED = 1
USAGE = 2
PARTIAL = 3
BUSY = 75  # EX_TEMPFAIL of sysexits.h: try again later
FULL_DISK = ("disk is full", "No space left", "File too large", "Disk quota exceeded")
_BY_NAME = {"DefinitionError": USAGE, "NoWorkspaceError": USAGE, "UsageError": USAGE, "BusyError": BUSY}


def exit_code(error: BaseException) -> int:
    """By the name of the class or of one it is derived from, so that nothing heavy has to be imported."""
    return next(
        (_BY_NAME[kind.__name__] for kind in type(error).__mro__ if kind.__name__ in _BY_NAME), FAILED
    )


def one_line(message: str) -> str:
    """First line only: some libraries add a drawing of the query below it."""
    lines = [line for line in message.strip().splitlines() if line.strip()]
    return clean(lines[0]) if lines else ""


def said(error: BaseException) -> str:
    """What happened, and what to do where the kind of error knows it."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return f"no space left for {error.filename or 'a file'}: free some and run the same command again"
    if isinstance(error, MemoryError):
        return "out of memory: run it with fewer workers, or on a larger machine"
    if isinstance(error, OSError):
        return f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}"
    if any(sign in str(error) for sign in FULL_DISK):  # DuckDB and SQLite say it in words only
        return f"no space left ({one_line(str(error))}): free some and run the same command again"
    return str(error) or type(error).__name__


def warn(message: str) -> None:
    print(one_line(message), file=sys.stderr)
