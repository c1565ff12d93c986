"""`yuqi report`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import click

from crawler.workspace import Workspace
from pipeline.store.meta import facts
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
from pipeline.store.trend import MAX_UNDATED_SHARE, Trend, trend
from yuqi.filtering import filtered
from yuqi.options import results
from yuqi.output import Look, Result, emit
from yuqi.words import headings, word

REVIEWED_LEAST = 150  # real allegations checked, before the word candidates goes
ALLEGING = ("platforms", "practices")
STILL = {
    "live_pages", "gone_pages", "undated_pages", "ambiguous_share", "alleged_own_operators", "first_seen",
    "last_seen",
}  # fmt: skip


@click.command("report")
@click.argument("question", type=click.Choice(QUESTIONS))
@filtered("--since, --until and --trend")
@click.option("--sort", help="A column; numbers from the largest.")
@click.option("--limit", type=click.IntRange(1), help="So many rows at most.")
@click.option("--sensitivity", is_flag=True, help="Figures also as texts are joined loosely and strictly.")
@click.option("--trend", "by_month", is_flag=True, help="Months instead of rows, where dates carry them.")
@results
def command(  # noqa: PLR0913, PLR0917 (the options of a command line)
    place: Workspace,
    look: Look,
    question: str,
    chosen: Filter,
    sort: str | None,
    limit: int | None,
    sensitivity: bool,
    by_month: bool,
) -> None:
    """The standing questions, over the published snapshot.

    Every figure stands at five levels: pages, stories (the same text however often copied), templates (the
    same text with other names), sites, operators.

    Example: yuqi report platforms --since 2024-01-01 --format csv
    """
    if by_month:
        _show_trend(place, look, chosen)
        return
    ask = sensitive_report if sensitivity else report
    with open_latest(place) as connection:
        found = ask(connection, question, chosen, sort, limit)
    emit(presented(question, found, look.lang, asdict(chosen)), look)


def _show_trend(place: Workspace, look: Look, chosen: Filter) -> None:
    with open_latest(place) as connection:
        found, basis = trend(connection, chosen), facts(connection)
    emit(presented_trend(found, look.lang, chosen.basis, basis), look)


def presented_trend(found: Trend, lang: str, date_basis: str, basis: dict[str, str]) -> Result:
    """Months with their marks, or the reason why there are none."""
    figures = {"pages": found.pages, "undated": found.undated, "batched": found.batched}
    notes = [
        word(
            lang,
            "note",
            "no-trend" if found.withheld else "trend",
            limit=f"{MAX_UNDATED_SHARE:.0%}",
            **figures,
        ),
        word(lang, "note", f"trend-{date_basis}"),
        "" if found.withheld else word(lang, "note", "marks"),
        word(lang, "note", "snapshot", snapshot=basis.get("snapshot", "?"), method=_method(basis)),
        word(lang, "note", "caveat"),
    ]
    return Result(found.columns, found.rows, word(lang, "report", "trend"), tuple(notes), headings(lang))


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
    return frozenset(STILL if _is_sensitive(found) else set())


def _is_sensitive(found: Report) -> bool:
    return "stories_loose" in found.columns


def _extra(question: str, found: Report, lang: str) -> list[dict[str, Any]]:
    """Columns for people: the rank where there is one, shares, and what must not be cited or compared."""
    marks = [{"note": _marks(row, lang)} for row in found.rows]
    notes = marks if any(mark["note"] for mark in marks) else [{} for _ in found.rows]
    if question != "platforms":
        return notes if any(notes) else []
    undated = [{"undated_share": f"{row['undated_pages'] / row['pages']:.0%}"} for row in found.rows]
    ranks: list[dict[str, Any]] = [{} for _ in found.rows]
    if found.ranked and not _is_sensitive(found):
        ranks = [{"rank": place if place <= found.ranked else None} for place, _ in enumerate(found.rows, 1)]
    return [share | rank | note for share, rank, note in zip(undated, ranks, notes, strict=True)]


def _marks(row: dict[str, Any], lang: str) -> str:
    said = {
        "not-citable": row.get("sites") == 0,
        "new-site": row.get("is_new"),
        "failing": row.get("is_failing"),
    }
    return ", ".join(word(lang, "note", key) for key, holds in said.items() if holds)


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
        note("candidates", reviewed=basis["reviewed"], least=REVIEWED_LEAST)
        if question in ALLEGING and basis["reviewed"] < REVIEWED_LEAST
        else "",
        note("tip-candidates") if question == "tips" else "",
        note("shown", shown=len(found.rows), all=found.found) if len(found.rows) < found.found else "",
        note("unsourced", count=basis["unsourced"]) if basis["unsourced"] else "",
        note("conflict", count=basis["conflicts"]) if basis["conflicts"] else "",
        note("filter", filters=filters) if filters else "",
        note("denominator", **basis),
        note(str(chosen.get("basis", "first-seen")), **basis),
        note("farm-dates", count=basis["doubted"]) if basis["doubted"] else "",
        note("snapshot", snapshot=basis.get("snapshot", "?"), method=_method(basis)),
        _precision(found, lang),
        note("sensitivity", **_shares(basis)) if _is_sensitive(found) else "",
        note("caveat"),
    ]


def _precision(found: Report, lang: str) -> str:
    """How often people found the rules right, in this workspace."""
    figures = [
        word(lang, "review", "figure", stratum=one.stratum, right=one.right, judged=one.right + one.wrong,
             low=f"{low:.0%}", share=f"{share:.0%}", high=f"{high:.0%}")
        for one in found.precision if one.right + one.wrong
        for low, share, high in [one.interval]
    ]  # fmt: skip
    return (
        word(lang, "review", "precision", figures="; ".join(figures))
        if figures
        else word(lang, "review", "unjudged")
    )


def _shares(basis: dict[str, Any]) -> dict[str, str]:
    """Per cent of a text, by the name of the threshold."""
    return {name: f"{float(basis[f'threshold-{name}']):.0%}" for name in ("loose", "kept", "strict")}


def _method(basis: dict[str, Any]) -> str:
    return f"yuqi {basis.get('yuqi', '?')}, topic {basis.get('topic', '?')}"
