"""The articles that a URL chooses, fast: everything is worked out once a snapshot, and then narrowed.

To join every mention, article and page anew is most of the work of a page; the rows it gives are few enough
to be kept. A filter by practice or assertion changes what is counted in each row: it is asked in full.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from explorer.desk import QUESTIONS, Desk
from pipeline.store.reports import QUESTION_FILES, Filter, choose, resolved
from pipeline.store.sensitivity import Row

KEPT = "kept_chosen"
NARROWING = ("platform", "site", "state", "since", "until")


def chosen_articles(desk: Desk, wanted: Filter) -> Row:
    """Make the temporary table `chosen` on this request's cursor, as `choose` would; the filter as bound."""
    if wanted.practice is not None or wanted.assertion is not None:
        return choose(desk.connection, wanted)
    bound = asdict(resolved(desk.connection, wanted))
    kept = desk.opened.remember((KEPT, wanted.basis), lambda: _all_articles(desk, wanted))
    QUESTION_FILES.run(desk.connection, "levels")
    desk.connection.register(KEPT, kept)
    QUESTIONS.run(desk.connection, "narrowed", **{name: bound[name] for name in NARROWING})
    desk.connection.unregister(KEPT)
    return bound


def _all_articles(desk: Desk, wanted: Filter) -> Any:
    """An Arrow table: cursors share no temporary table."""
    choose(desk.connection, Filter(basis=wanted.basis))
    return desk.connection.sql("FROM chosen").to_arrow_table()
