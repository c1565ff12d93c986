"""What reports ask most, counted and answered when the snapshot is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar


@dataclass(frozen=True, slots=True)
class Counted:
    """As what a current article counts: one row for itself, and one for each platform that is its subject.

    All counts read it: `counted.sql` says how it is made, and nothing else decides it.
    """

    table: ClassVar[str] = "counted"
    article_id: Annotated[str, "article"]
    url: Annotated[str, "its page"]
    platform_id: Annotated[str | None, "platform that is its subject; NULL in the article's own row"]
    story_id: Annotated[str | None, "its story"]
    template_id: Annotated[str | None, "its template, else its story"]
    site_id: Annotated[str | None, "its site; NULL where unsourced"]
    operator_id: Annotated[str | None, "its operator, else its site; NULL where unsourced"]
    held_template_id: Annotated[str | None, "its template"]
    held_site_id: Annotated[str, "its site, also where unsourced"]
    held_operator_id: Annotated[str | None, "its operator"]
    sourced: Annotated[bool, "whether its origin is known"]
    state: Annotated[str, "state of the page"]
    published_at: Annotated[datetime | None, "as the page says, UTC"]
    published_day: Annotated[date | None, "the same as a day in Asia/Shanghai"]
    published_doubt: Annotated[str | None, "why that date is a farm's: see articles"]
    first_seen_at: Annotated[datetime, "earliest fetch, UTC"]
    first_seen_day: Annotated[date, "the same as a day in Asia/Shanghai"]
    last_seen_at: Annotated[datetime, "last time it answered, UTC"]
    title_body_conflict: Annotated[bool, "title and text name different platforms"]
    n_mentions: Annotated[int | None, "mentions of the platform"]
    n_ambiguous: Annotated[int | None, "of these, on an ambiguous alias (tiers B, C, D)"]
    sum_precision: Annotated[float | None, "sum of the measured precision of their rules"]
    n_measured: Annotated[int | None, "mentions whose rule was measured"]
    ambiguous: Annotated[bool | None, "all mentions of the platform, or of one of them, are ambiguous"]
    alleged_own: Annotated[bool, "somebody of his own alleges something of the platform, or of any"]
    alleged_templated: Annotated[bool, "a template alleges it"]
    claimed: Annotated[bool, "claims that the platform, or any, may do it"]
    place: Annotated[
        int | None,
        "most telling of what it says of the platform, or at all: 0 alleged of his own, 1 by a template,"
        " 2 claimed, 3 otherwise; NULL where it speaks of no practice",
    ]
    article: Annotated[int, "number of the article, in this snapshot only"]
    story: Annotated[int | None, "number of its story"]
    template: Annotated[int | None, "number of its template, else of its story"]
    site: Annotated[int | None, "number of its site; NULL where unsourced"]
    operator: Annotated[int | None, "number of its operator, else of its site; NULL where unsourced"]
    exclusive: Annotated[bool, "of known origin, and its story stands on no other site"]
    site_number: Annotated[int, "its site in counted_kinds, also where unsourced"]
    template_number: Annotated[int | None, "its template in counted_kinds"]
    operator_number: Annotated[int | None, "its operator in counted_kinds; NULL where unsourced"]
    entry: Annotated[int, "number of this row, in this snapshot only"]


@dataclass(frozen=True, slots=True)
class CountedFinding:
    """What a current article says, once for itself and once for each of its subjects that it says it of.

    A practice is said of the platform that it is attributed to, advice and law of every subject.
    """

    table: ClassVar[str] = "counted_findings"
    entry: Annotated[int, "number of the row of counted that says it"]
    attributed: Annotated[bool, "attributed to some platform"]
    number: Annotated[int, "what is found, as in counted_kinds"]


@dataclass(frozen=True, slots=True)
class CountedKind:
    """What a row of a report may stand for: what the numbers of counted_findings and counted mean."""

    table: ClassVar[str] = "counted_kinds"
    number: Annotated[int, "in this snapshot only"]
    kind: Annotated[str, "practice, tip, law, site, template or operator"]
    finding: Annotated[str, "its id"]
    assertion: Annotated[str | None, "of a practice: how it is asserted"]
    own: Annotated[bool | None, "of an allegation: nobody else's sentence"]


@dataclass(frozen=True, slots=True)
class CorpusCounts:
    """One row: what the whole corpus counts, whatever a report is restricted to."""

    table: ClassVar[str] = "corpus_counts"
    pages: Annotated[int, "pages of any fate"]
    articles: Annotated[int, "current articles"]
    stories: Annotated[int, "their stories"]
    templates: Annotated[int, "their templates; a story without one counts as its own"]
    sites: Annotated[int, "sites with a current article of known origin"]
    operators: Annotated[int, "their operators; a site without one counts as its own"]
    alleged_own: Annotated[int, "articles with an allegation of somebody's own about a subject"]


@dataclass(frozen=True, slots=True)
class SiteHealth:
    """Which sites are new to this corpus, and which fail to answer."""

    table: ClassVar[str] = "site_health"
    site_id: Annotated[str, "site"]
    first_seen_day: Annotated[date | None, "day on which it was first seen, Asia/Shanghai"]
    is_new: Annotated[bool, "first seen shortly before the newest fetch, and later than the corpus began"]
    is_failing: Annotated[bool, "most of its last visits failed"]


@dataclass(frozen=True, slots=True)
class FailingMonth:
    """Months in which most visits to a site failed."""

    table: ClassVar[str] = "failing_months"
    month: Annotated[date, "its first day, Asia/Shanghai"]
    site_id: Annotated[str, "site"]


@dataclass(frozen=True, slots=True)
class StandingAnswer:
    """What a standing question answers over the whole corpus, or under a filter that many ask for."""

    table: ClassVar[str] = "standing_answers"
    question: Annotated[str, "name of the question"]
    asked: Annotated[str, "the filter as JSON, without what lets everything through"]
    answer: Annotated[bytes, "its rows, as a compressed (zstd) Arrow stream"]
