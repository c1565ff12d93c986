"""What the commands that crawl share: which sites, progress, and what a run came to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any

from crawler.crawl import CrawlOptions, CrawlSummary, Progress, dry_run
from crawler.definitions import DefinitionError
from crawler.sites import Site, load_sites
from crawler.workspace import Workspace
from yuqi.failures import DONE, PARTIAL
from yuqi.output import Look, Result, emit
from yuqi.progress import Bars

OUTCOMES = (
    "new", "changed", "unchanged", "gone", "soft-404", "redirect", "robots", "blocked", "error", "skipped",
)  # fmt: skip


def chosen_sites(place: Workspace, named: Sequence[str]) -> list[Site]:
    """Those named, else all that are defined; an unknown one is refused."""
    defined = load_sites(place.sites)
    if not defined:
        raise DefinitionError(f"{place.sites} defines no site: copy example.toml.sample to <id>.toml there")
    for site_id in named:
        if site_id not in defined:
            near = get_close_matches(site_id, defined, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(defined)}"
            raise DefinitionError(f"no site `{site_id}` in {place.sites}; {hint}")
    return [defined[site_id] for site_id in (dict.fromkeys(named) or defined)]


def shows_progress(bars: Bars) -> Callable[[Progress], None]:
    return lambda progress: bars("crawl", progress.fetched, progress.fetched + progress.ready)


def emit_plan(place: Workspace, sites: Sequence[Site], options: CrawlOptions, look: Look) -> None:
    """What a crawl would ask for first, and why."""
    rows = [{"url": url, "site_id": site, "why": why} for url, site, why in dry_run(place, sites, options)]
    emit(
        Result(("url", "site_id", "why"), rows, notes=(f"{len(rows)} URLs; links found on them follow",)),
        look,
    )


def crawl_result(summary: CrawlSummary) -> Result:
    """One row a site: visits by outcome."""
    rows = [_row(site_id, said) for site_id, said in sorted(summary.outcomes.items())]
    notes = (
        f"run {summary.run_id}{' (went on)' if summary.resumed else ''}: {summary.fetched} requests",
        f"{summary.left} known URLs left for the next run" if summary.left else "",
        f"failing: {', '.join(summary.failing)}: asked, and no page came" if summary.failing else "",
        *(f"stopped: {site_id}: {why}" for site_id, why in sorted(summary.halted.items())),
        *(f"PAUSED {site_id}: {why}" for site_id, why in sorted(summary.paused.items())),
        *(f"{site_id}: not asked, {why}" for site_id, why in sorted(summary.held.items())),
    )
    return Result(("site_id", *OUTCOMES), rows, notes=notes)


def crawl_code(summary: CrawlSummary) -> int:
    return PARTIAL if summary.failing or summary.paused or summary.halted else DONE


def _row(site_id: str, said: dict[str, int]) -> dict[str, Any]:
    return {"site_id": site_id, **{outcome: said.get(outcome, 0) for outcome in OUTCOMES}}
