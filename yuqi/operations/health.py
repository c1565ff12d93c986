"""Which sites need a person: rules over what the frontier and the newest snapshot say. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crawler.page import ALIVE, Run
from crawler.pauses import Pause
from crawler.revisit import doubts_gone
from crawler.tallies import RunTally, Tallies
from pipeline.store.health import RECENT, Reading
from yuqi.operations.settings import HealthLimits

LEAST = RECENT // 2  # requests or pages of which a share is judged at all
SILENT = timedelta(days=2)  # its lists are due every day, so a site that works was seen alive yesterday
LOST = ("error", "blocked")
ANSWERS = ("gone", "soft-404", "redirect")
OF_VISITS = ("no-page", "errors")  # rules over what the last crawl came to


@dataclass(frozen=True)
class SiteWarning:
    """`rule` is kebab-case and never renamed; `said` may differ each time."""

    site_id: str
    rule: str
    said: str


@dataclass
class Seen:
    """Of one site: its last crawl run by outcome, its last visits, its newest article."""

    run_id: str = ""
    outcomes: Counter[str] = field(default_factory=Counter)
    first_visit_at: datetime | None = None
    last_visit_at: datetime | None = None
    last_alive_at: datetime | None = None
    newest_article_at: datetime | None = None
    before: list[Counter[str]] = field(default_factory=list)  # runs before the last, as far as they count

    def count(self, run: RunTally) -> None:
        """One more run, which is the last one now."""
        self.before.append(self.outcomes)
        while sum(map(_asked, self.before[1:])) >= LEAST:
            del self.before[0]
        self.run_id, self.outcomes = run.run_id, run.outcomes
        self.first_visit_at = min(self.first_visit_at or run.first_at, run.first_at)
        self.last_visit_at = max(self.last_visit_at or run.last_at, run.last_at)
        if run.last_alive_at is not None:
            self.last_alive_at = max(self.last_alive_at or run.last_alive_at, run.last_alive_at)

    @property
    def recent(self) -> Counter[str]:
        """Of the last runs that together asked often enough to be judged.

        On most nights a site is asked for its lists only: judged alone, such a night would end a warning, and
        the next one that asks for the failing pages would raise it again.
        """
        outcomes = self.outcomes
        for run in reversed(self.before):
            if _asked(outcomes) >= LEAST:
                break
            outcomes = outcomes + run
        return outcomes


def _asked(outcomes: Counter[str]) -> int:
    return outcomes.total() - outcomes["robots"]


def seen(counted: Tallies, runs: Iterable[Run]) -> dict[str, Seen]:
    """By site; imports are no visits."""
    crawls = {run.run_id for run in runs if run.kind == "crawl"}
    by_site: dict[str, Seen] = {}
    for run in counted.visits:
        if run.run_id in crawls:
            newest = counted.sites[run.site_id].newest_article_at
            by_site.setdefault(run.site_id, Seen(newest_article_at=newest)).count(run)
    return by_site


def warnings(
    sites: Iterable[str], seen: Mapping[str, Seen], readings: Mapping[str, Reading], limits: HealthLimits
) -> list[SiteWarning]:
    """Of the sites that are defined, in the order of ids."""
    found: list[SiteWarning] = []
    for site_id in sorted(sites):
        said = [*_visits(seen.get(site_id, Seen()), limits)]
        said += _reading(readings.get(site_id), limits)
        found += [SiteWarning(site_id, rule, text) for rule, text in said]
    return found


def shut(pauses: Iterable[Pause], in_doubt: Mapping[str, tuple[int, int]]) -> list[SiteWarning]:
    """Of sites that crawls leave alone: hosts that shut us out, and pages that vanished all together."""
    said: dict[str, list[str]] = {}
    for pause in pauses:
        said.setdefault(pause.site_id, []).append(pause.says)
    found = [SiteWarning(site_id, "shut-out", "; ".join(told)) for site_id, told in sorted(said.items())]
    for site_id, (missed, live) in sorted(in_doubt.items()):
        if doubts_gone(missed, live):
            text = f"{missed} of its {live} pages are missing at once, which is rather a ban or an outage"
            found.append(SiteWarning(site_id, "vanished", f"{text}; none is given up"))
    return found


def _visits(site: Seen, limits: HealthLimits) -> Iterator[tuple[str, str]]:
    recent = site.recent
    asked, lost = _asked(recent), sum(recent[outcome] for outcome in LOST)
    if site.outcomes and not any(site.outcomes[o] for o in ALIVE) and _is_dead(site):
        yield "no-page", f"its last crawl brought no page: {_counts(site.outcomes)}"
    elif asked >= LEAST and lost > limits.error_share * asked:
        yield "errors", f"{lost} of its last {asked} requests failed: {_counts(recent)}"
    newest = site.newest_article_at or site.first_visit_at
    if newest and site.last_visit_at and site.last_visit_at - newest > timedelta(days=limits.no_new_days):
        yield "no-new-articles", f"no new article in {(site.last_visit_at - newest).days} days"


def _is_dead(site: Seen) -> bool:
    """A run may have asked for one page only, which is gone or forbidden, and the site does well."""
    answered = any(site.outcomes[outcome] for outcome in ANSWERS)
    lost = any(site.outcomes[outcome] for outcome in LOST)
    if (
        site.outcomes.total() >= LEAST
        or (lost and not answered)
        or site.last_alive_at is None
        or site.last_visit_at is None
    ):
        return True
    return site.last_visit_at - site.last_alive_at > SILENT


def _reading(reading: Reading | None, limits: HealthLimits) -> Iterator[tuple[str, str]]:
    if reading is None or reading.pages < LEAST:
        return
    if reading.dropped > limits.drop_share * reading.pages:
        yield "drops", f"{reading.dropped} of its {reading.pages} newest pages yield no article"
    if reading.confidence is not None and reading.confidence < limits.confidence:
        yield "confidence", f"its newest articles are read with confidence {reading.confidence:.2f} only"
    if reading.shifted is not None and reading.shifted > limits.shift:
        yield (
            "template-shift",
            f"{reading.shifted:.0%} of its newest articles are built otherwise than before ({reading.field})",
        )


def _counts(outcomes: Counter[str]) -> str:
    return ", ".join(f"{outcome} {n}" for outcome, n in sorted(outcomes.items()))
