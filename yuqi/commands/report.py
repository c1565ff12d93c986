"""`yuqi report`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, get_args

import click

from crawler.page import PageState
from crawler.workspace import Workspace
from pipeline.records import Assertion
from pipeline.store.reader import open_latest
from pipeline.store.reports import (
    QUESTIONS,
    RANKED_OPERATORS,
    RANKED_STORIES,
    Filter,
    Report,
    report,
    sensitive_report,
)
from yuqi.options import results
from yuqi.output import Look, Result, emit
from yuqi.words import headings, word

REVIEWED_LEAST = 150  # real allegations checked, before the word candidates goes: issue 5
REVIEWED = 0  # so far; nobody has checked one
ALLEGING = ("platforms", "practices")
STILL = {"live_pages", "gone_pages", "undated_pages", "ambiguous_share", "alleged_own_operators"}
DAY = click.DateTime(["%Y-%m-%d"])


@click.command("report")
@click.argument("question", type=click.Choice(QUESTIONS))
@click.option("--platform", help="Articles in which it is subject; an id, name or alias.")
@click.option("--practice", help="Articles that speak of this kind of practice.")
@click.option("--site", help="Articles of this site.")
@click.option("--state", type=click.Choice(get_args(PageState)), help="State of the page.")
@click.option("--assertion", type=click.Choice(get_args(Assertion)), help="How a practice is asserted.")
@click.option("--since", type=DAY, help="First day, Asia/Shanghai.")
@click.option("--until", type=DAY, help="Last day, Asia/Shanghai.")
@click.option(
    "--date", "basis", type=click.Choice(["published", "first-seen"]), default="published", show_default=True,
    help="Which date --since and --until mean.",
)  # fmt: skip
@click.option("--sort", help="A column; numbers from the largest.")
@click.option("--limit", type=click.IntRange(1), help="So many rows at most.")
@click.option("--sensitivity", is_flag=True, help="Figures also as texts are joined loosely and strictly.")
@results
def command(
    place: Workspace, look: Look, question: str, sort: str | None, limit: int | None, **chosen: Any
) -> None:
    """The standing questions, over the published snapshot.

    Every figure stands at five levels: pages, stories (the same text however often copied), templates (the
    same text with other names), sites, operators.

    Example: yuqi report platforms --since 2024-01-01 --format csv
    """
    chosen = {key: value.date() if isinstance(value, datetime) else value for key, value in chosen.items()}
    ask = sensitive_report if chosen.pop("sensitivity") else report
    with open_latest(place) as connection:
        found = ask(connection, question, Filter(**chosen), sort, limit)
    emit(presented(question, found, look.lang, chosen), look)


def presented(question: str, found: Report, lang: str, chosen: dict[str, Any] | None = None) -> Result:
    """What is said with the figures stands with them: heading, unit, denominator, dates, caveat."""
    return Result(
        columns=found.columns,
        rows=found.rows,
        title=word(lang, "report", question),
        notes=tuple(_notes(question, found, lang, chosen or {})),
        headings=headings(lang),
        hidden=_hidden(question, found),
        extra=_extra(question, found, lang),
    )


def _hidden(question: str, found: Report) -> frozenset[str]:
    """Columns too many for a table; beside figures at other thresholds those that no threshold moves."""
    if question != "platforms":
        return frozenset()
    return frozenset({"last_seen", "first_seen"} | (STILL if _is_sensitive(found) else set()))


def _is_sensitive(found: Report) -> bool:
    return "stories_loose" in found.columns


def _extra(question: str, found: Report, lang: str) -> list[dict[str, Any]]:
    """Columns for people: the rank where there is one, and what must not be cited."""
    unknown = word(lang, "note", "not-citable")
    notes = [{"note": unknown if row.get("sites") == 0 else ""} for row in found.rows]
    if question != "platforms" or found.ranked == 0:
        return notes if any(note["note"] for note in notes) else []
    return [{"rank": place if place <= found.ranked else None} | note for place, note in enumerate(notes, 1)]


def _notes(question: str, found: Report, lang: str, chosen: dict[str, Any]) -> list[str]:
    def note(key: str, **values: object) -> str:
        return word(lang, "note", key, **values)

    basis = found.basis
    filters = ", ".join(f"{k}={v}" for k, v in chosen.items() if isinstance(v, str | date) and k != "basis")
    limits = {"stories": RANKED_STORIES, "operators": RANKED_OPERATORS}
    return [
        note("empty") if not found.rows else "",
        *([note("ranked" if found.ranked else "unranked", **limits)] if question == "platforms" else []),
        note("no-allegation") if question == "platforms" and not basis["alleged_own"] else "",
        note("candidates", reviewed=REVIEWED, least=REVIEWED_LEAST) if question in ALLEGING else "",
        note("shown", shown=len(found.rows), all=found.found) if len(found.rows) < found.found else "",
        note("unsourced", count=basis["unsourced"]) if basis["unsourced"] else "",
        note("conflict", count=basis["conflicts"]) if basis["conflicts"] else "",
        note("filter", filters=filters) if filters else "",
        note("denominator", **basis),
        note(str(chosen.get("basis", "published")), **basis),
        note("farm-dates", count=basis["doubted"]) if basis["doubted"] else "",
        note("snapshot", snapshot=basis.get("snapshot", "?"), method=_method(basis)),
        note("sensitivity", **_shares(basis)) if _is_sensitive(found) else "",
        note("caveat"),
    ]


def _shares(basis: dict[str, Any]) -> dict[str, str]:
    """Per cent of a text, by the name of the threshold."""
    return {name: f"{float(basis[f'threshold-{name}']):.0%}" for name in ("loose", "kept", "strict")}


def _method(basis: dict[str, Any]) -> str:
    return f"yuqi {basis.get('yuqi', '?')}, topic {basis.get('topic', '?')}"
