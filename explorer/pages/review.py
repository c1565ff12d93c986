"""One finding after the other to be judged, as its sheet has them."""

from __future__ import annotations

from explorer.desk import Desk, View, whole
from explorer.marks import Piece, Span, pieces
from explorer.reviewing import PATH, Reviewing
from explorer.texts import say
from pipeline.verdicts import VERDICTS

SHOWN = ("finding_id", "stratum", "quote", "verdict", "reviewer", "reason")


def sheet(reviewing: Reviewing, desk: Desk) -> View:
    """The first that nobody judged, or the one that `finding` names."""
    held = reviewing.sheet()
    wanted = desk.asked.get("finding")
    left = [row for row in held.rows if not row["verdict"].strip()]
    shown = next((row for row in held.rows if row["finding_id"] == wanted), left[0] if left else None)
    values = {
        "row": shown,
        "context": _context(shown) if shown else [],
        "path": PATH,
        "file": reviewing.path.name,
        "token": reviewing.token,
        "verdicts": VERDICTS,
        "judged": len(held.rows) - len(left),
        "of": len(held.rows),
        "current": "review",
    }
    rows = [{name: row.get(name) for name in SHOWN} for row in held.rows]
    return View(
        "review.html", say(desk.asked.lang, "title", "review"), values, (whole("sheet", rows, SHOWN),)
    )


def _context(row: dict[str, str]) -> list[Piece]:
    """The words around, with the sentence marked where it stands in them as it was quoted."""
    said, quote = row.get("context", ""), row.get("quote", "").replace("［", "").replace("］", "")
    at = said.find(quote) if quote else -1
    return pieces(said, [Span(at, at + len(quote), "found")] if at >= 0 else [])
