"""People over rules: what somebody called wrong leaves the store before anything is counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from pipeline.questions import Questions
from pipeline.store.evidence import Row, evidence
from pipeline.store.finding_ids import digest_of
from pipeline.tables.verdicts import Correction, Review
from pipeline.verdicts import Verdict, Verdicts

QUESTIONS = Questions(Path(__file__).resolve().parent / "review")


def strike(
    connection: duckdb.DuckDBPyConnection, verdicts: Verdicts
) -> tuple[list[Review], list[Correction]]:
    """Delete what was called wrong, also in the other copies of its story; the rows of both tables.

    A verdict on a finding that the rules no longer make, or make otherwise, changes nothing; it is kept, with
    `found` false, and holds again when the finding comes back. When no mention of a platform is left in an
    article, what is attributed to that platform goes, too. Stories are not grouped again.
    """
    newest = verdicts.newest()
    if not newest:
        return [], []
    wrong = {one.finding_id for one in newest.values() if one.verdict == "wrong"}
    copies = _copies(connection, {newest[one].article_id for one in wrong})
    articles = sorted({one.article_id for one in newest.values()} | copies.keys())
    found = evidence(connection, articles)
    _delete(connection, _struck(found, wrong, copies))
    known = {row["finding_id"]: row for row in found}
    return (
        [_review(one, known.get(one.finding_id)) for one in verdicts.reviews],
        [_correction(one, known.get(one.finding_id)) for one in verdicts.corrections],
    )


def stratum(row: Row) -> str:
    """What a finding is judged among: allegations of somebody's own apart from those of templates."""
    if row["kind"] != "practice":
        return str(row["kind"])
    if row["assertion"] == "alleged":
        return "alleged-own" if row["own"] else "alleged-in-template"
    return "claimed-practice" if row["assertion"] == "claimed-practice" else "other-practice"


def _copies(connection: duckdb.DuckDBPyConnection, articles: Iterable[str]) -> dict[str, str]:
    """Article → story, for all articles of the stories of these."""
    return dict(QUESTIONS.rows(connection, "copies", articles=sorted(articles)))


def _struck(found: Iterable[Row], wrong: set[str], copies: dict[str, str]) -> list[Row]:
    """What was judged itself, and the same claim in the same words in a copy."""
    elsewhere = {
        (copies[article], digest_of(one)) for one in wrong for article in [_article(one)] if article in copies
    }
    return [
        row
        for row in found
        if row["finding_id"] in wrong
        or (copies.get(row["article_id"]), digest_of(row["finding_id"])) in elsewhere
    ]


def _article(finding: str) -> str:
    return f"a-{finding.split('-')[1]}"


def _delete(connection: duckdb.DuckDBPyConnection, struck: Sequence[Row]) -> None:
    for row in struck:
        QUESTIONS.rows(
            connection, f"strike-{row['kind']}", article=row["article_id"], finding=row["finding"],
            field=row["field"], start=row["surface_start"], end=row["surface_end"],
            **({"platform": row["platform_id"]} if row["kind"] == "practice" else {}),
        )  # fmt: skip
    named = sorted({row["article_id"] for row in struck if row["kind"] == "mention"})
    QUESTIONS.rows(connection, "strike-unnamed", articles=named)


def _review(one: Verdict, row: Row | None) -> Review:
    return Review(
        one.finding_id, one.reviewer, one.verdict, one.reason, one.at, one.article_id, one.kind, one.finding,
        one.platform_id, one.assertion, one.rule, one.drawn, row is not None, stratum(row) if row else None,
    )  # fmt: skip


def _correction(one: Verdict, row: Row | None) -> Correction:
    return Correction(
        one.finding_id, one.reason or "", one.at, one.article_id, one.url, one.kind, one.finding,
        one.platform_id, one.assertion, row is not None,
    )  # fmt: skip
