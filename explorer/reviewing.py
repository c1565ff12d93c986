"""Verdicts given in the browser: written into one reviewer's own file, and nowhere else."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_urlsafe
from threading import Lock
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from explorer.asked import KEPT
from pipeline.sheet import Sheet, read_sheet, write_sheet
from pipeline.verdicts import VERDICTS

PATH = "/review"
MAX_FORM_BYTES = 16_384  # a reason has a few sentences
MAX_FIELDS = 20
LONGEST_REASON = 2000  # characters


@dataclass(frozen=True)
class Reviewing:
    """A sheet that `yuqi review` drew, who judges, and what a form must bring to be one of ours."""

    path: Path
    reviewer: str
    token: str = field(default_factory=lambda: token_urlsafe(32))
    lock: Lock = field(default_factory=Lock)

    def sheet(self) -> Sheet:
        return read_sheet(self.path)

    def judge(self, finding_id: str, said: str, reason: str) -> bool:
        """False where the sheet has no such finding; all its other rows stay as they are."""
        with self.lock:
            held = read_sheet(self.path)
            judged = [row for row in held.rows if row["finding_id"] == finding_id]
            for row in judged:
                row |= {"verdict": said, "reviewer": self.reviewer, "reason": reason}
            if judged:
                columns = dict.fromkeys((*held.columns, "verdict", "reviewer", "reason"))
                write_sheet(
                    self.path, columns, ({name: row.get(name, "") for name in columns} for row in held.rows)
                )
        return bool(judged)


async def verdict(reviewing: Reviewing, request: Request) -> Response:
    """One form of our own page; another site's has neither the cookie, the token nor the origin."""
    if not _is_same_origin(request):
        return PlainTextResponse("a form of another site\n", 403)
    said = await _form(request)
    if said is None:
        return PlainTextResponse("this form is too large\n", 413)
    if not hmac.compare_digest(said.get("token", "").encode(), reviewing.token.encode()):
        return PlainTextResponse("this form is not of this server; open the page again\n", 403)
    if said.get("verdict") not in VERDICTS:
        return PlainTextResponse(f"verdict: one of {', '.join(VERDICTS)}\n", 400)
    reason = " ".join(said.get("reason", "").split())[:LONGEST_REASON]
    known = await run_in_threadpool(reviewing.judge, said.get("finding_id", ""), said["verdict"], reason)
    if not known:
        return PlainTextResponse("the sheet has no such finding\n", 404)
    onward = request.url.replace(query="", fragment="").include_query_params(
        **{name: said[name] for name in KEPT if said.get(name)}
    )
    return RedirectResponse(onward.path + (f"?{onward.query}" if onward.query else ""), 303)


def _is_same_origin(request: Request) -> bool:
    """As the browser says; one that says neither has no other site's forms to send."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    return site in (None, "same-origin") and origin in (None, own)


async def _form(request: Request) -> dict[str, str] | None:
    """None where it is longer than any form of ours."""
    held = bytearray()
    async for part in request.stream():
        held += part
        if len(held) > MAX_FORM_BYTES:
            return None
    try:
        return dict(parse_qsl(held.decode("ascii", "replace"), max_num_fields=MAX_FIELDS, errors="replace"))
    except ValueError:
        return None
