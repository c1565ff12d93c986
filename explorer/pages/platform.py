"""One platform: what is said of it, by whom, and on what that rests."""

from __future__ import annotations

from explorer.asking import asked_reports, months, of_platform
from explorer.desk import Desk, NotThereError, Table, View, beside, paged
from explorer.quotes import COLUMNS, kept, quoted
from pipeline.store.evidence import rows
from pipeline.store.reports import platform_id
from pipeline.store.telling import Wanted

REPORTS = ("practices", "tips", "laws", "sites", "templates")
QUOTES = 5  # on this page; the evidence page has all
CONCENTRATED = 0.5  # of a platform's pages on one site: the figure is that site's


def platform(desk: Desk, said: str) -> View:
    known = platform_id(desk.connection, said)
    if known is None:
        raise NotThereError(said)
    chosen = of_platform(desk, known)
    head = rows(desk.connection, "platform", id=known)[0]
    with beside(desk) as meanwhile:
        quotes, dated = meanwhile(quoted, Wanted(chosen), 0, QUOTES), meanwhile(months, chosen)
        reports = asked_reports(desk, ("platforms", *REPORTS), chosen)
        (found, total), by_month = quotes.result(), dated.result()
    counted = reports.pop("platforms")
    row = counted.rows[0] if counted.rows else None
    shown = Table("quotes", COLUMNS, kept(found), total)
    values = {
        "head": head,
        "row": row,
        "notes": counted.notes,
        "months": by_month,
        "concentrated": _concentrated(reports["sites"], row["pages"] if row else 0),
        "current": "platforms",
        "quotes": shown,
    }
    tables = (counted, by_month.table, *(paged(table, desk.asked) for table in reports.values()))
    return View("platform.html", head["name"], values, (*tables, shown))


def _concentrated(sites: Table, pages: int) -> dict[str, object] | None:
    """The site that has more than half of the pages, and their share."""
    top = max(sites.rows, key=lambda row: row["pages"], default=None)
    if top is None or not pages or top["pages"] <= CONCENTRATED * pages:
        return None
    return {"site": top["name"], "share": top["pages"] / pages}
