"""A part whose making killed its process: once more alone, then without the pages that are proven to kill.

A page can end a process without a Python exception (a crash in a library, the kernel's out-of-memory killer).
The engine sees the death; which page it was says the part's mark, a file beside it that holds the number of
the document in hand. A page is left out only after the part's retry died at it and it killed another
process that did nothing else: a process may die for reasons that lie outside.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from crawler.workspace import FailedError
from pipeline.parts import ERRORS_ALLOWED, MAX_ERROR_SHARE, PartDone, PartJob, run_part, try_document

Attempt = Callable[[Callable[[PartJob], PartDone], PartJob], PartDone | None]

INNOCENT_DEATHS = 5  # alone, and none of its pages kills: whatever ends the process is not in the pages


def rescued(job: PartJob, attempt: Attempt) -> PartDone:
    """The part, with a drop (`worker-killed`) for each page that kills; `attempt` gives None for a death.

    FailedError where no page is to blame, or more pages than bad input explains.
    """
    careful, mark, innocent = marked(job), mark_of(job), 0
    try:
        while innocent < INNOCENT_DEATHS and len(careful.left_out) <= _allowed(job):
            mark.unlink(missing_ok=True)
            done = attempt(run_part, careful)
            if done is not None:
                return done
            number = _in_hand(mark)
            if number is not None and _kills(careful, number, attempt):
                careful = replace(careful, left_out=careful.left_out | {number})
            else:
                innocent += 1
    finally:
        mark.unlink(missing_ok=True)
    raise FailedError(_said(job, careful))


def _kills(careful: PartJob, number: int, attempt: Attempt) -> bool:
    """Whether a process that does nothing but this document dies while it has it in hand, not before."""
    mark_of(careful).unlink()
    return attempt(partial(try_document, number), careful) is None and _in_hand(mark_of(careful)) == number


def _allowed(job: PartJob) -> int:
    return max(ERRORS_ALLOWED, int(job.documents * MAX_ERROR_SHARE))


def mark_of(job: PartJob) -> Path:
    return job.folder.with_name(f".{job.folder.name}.mark")


def marked(job: PartJob) -> PartJob:
    mark_of(job).parent.mkdir(parents=True, exist_ok=True)
    return replace(job, mark=mark_of(job))


def _in_hand(mark: Path) -> int | None:
    """The document in hand; None between documents, and before the first."""
    try:
        return int(mark.read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return None


def _said(job: PartJob, careful: PartJob) -> str:
    part = f"{job.stage.name} part {job.folder.name}"
    if len(careful.left_out) > _allowed(job):
        return f"{len(careful.left_out)} pages of {part} kill the process that reads them"
    return (
        f"a worker died {INNOCENT_DEATHS} times while making {part}, and no page of it is to blame "
        "(out of memory?); finished parts are kept: run the command again, perhaps with --workers 1"
    )
