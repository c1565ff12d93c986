"""From a workspace to a build: what the frontier knows, minus what was taken down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from crawler.frontier import Frontier
from crawler.page import Fetch, KnownPage
from crawler.shards import reading
from crawler.sites import load_sites
from crawler.takedowns import load_takedowns
from crawler.workspace import FailedError, Workspace
from pipeline.build import BuildOptions, BuildSummary, build
from pipeline.engine import Local, Running
from pipeline.lanes import share
from pipeline.make import Allowance
from pipeline.on_disk import OnDisk
from pipeline.store.load import Inputs, KnownPageRow
from pipeline.tables.sites import FetchRow
from pipeline.topic import load_topic, topic_folder
from pipeline.verdicts import load_verdicts
from yuqi.progress import Bars

FIGURES = ("pages", "articles", "stories", "templates", "sites", "operators")


def build_workspace(
    workspace: Workspace,
    *,
    full: bool = False,
    workers: int | None = None,
    allowance: Allowance | None = None,
    engine: Callable[[], Running] | None = None,
) -> BuildSummary:
    """One build, remembered as a run, on so many local workers or another engine. The caller holds the lock.

    RebuildNeededError where it would make more again than the allowance lets it.
    """
    topic = load_topic(topic_folder(), workspace.overrides)
    share(workspace.overrides)
    with Frontier(workspace) as frontier, inputs_of(workspace) as inputs, Bars() as bars:
        run = frontier.begin_run("build", "build")
        status = "failed"
        try:
            with engine() if engine else Local(workers) as running:
                options = BuildOptions(datetime.now(UTC), running, full, bars, allowance)
                summary = build(workspace, inputs, topic, options)
            status = "done"
        finally:
            frontier.finish_run(run.run_id, status)
    return summary


@contextmanager
def inputs_of(workspace: Workspace) -> Iterator[Inputs]:
    """Pages and visits of one moment, on disk beside the corpus: a crawl may go on meanwhile."""
    takedowns = load_takedowns(workspace.takedowns)
    with ExitStack() as stack:
        with reading(workspace) as held:
            if next(held.pages(), None) is None:
                said = f"{workspace.root} holds no page yet: run `yuqi crawl` or `yuqi import` first"
                raise FailedError(said)
            left_pages = (page for page in held.pages() if not takedowns.hit(page.url, page.site_id))
            left = (fetch for fetch in held.fetches() if not takedowns.hit(fetch.url, fetch.site_id))
            pages = stack.enter_context(closing(OnDisk(KnownPageRow, KnownPage, left_pages, workspace.root)))
            fetches = stack.enter_context(closing(OnDisk(FetchRow, Fetch, left, workspace.root)))
            runs = list(held.runs())
        yield Inputs(
            fetches=fetches,
            pages=pages,
            runs=runs,
            sites=load_sites(workspace.sites),
            takedowns=takedowns,
            verdicts=load_verdicts(workspace).without(takedowns.hit),
        )


def summary_row(summary: BuildSummary) -> dict[str, Any]:
    """As programs read it."""
    row = asdict(summary)
    return {"snapshot": summary.snapshot.name, **{k: v for k, v in row.items() if k != "snapshot"}}


def summary_text(summary: BuildSummary) -> str:
    """pages = articles + drops by reason, and what stands behind the articles."""
    drops = ", ".join(f"{reason} {count}" for reason, count in summary.drops.items())
    dropped = sum(summary.drops.values())
    reasons = f" ({drops})" if drops else ""
    lines = [
        f"pages {summary.pages} = articles {summary.articles} + drops {dropped}{reasons}",
        f"stories {summary.stories}, templates {summary.templates}, "
        f"sites {summary.sites}, operators {summary.operators}",
        *_work(summary),
        f"snapshot {summary.snapshot.name}{'' if summary.published else ' (nothing had changed)'}",
    ]
    return "\n".join([*lines, *(f"warning: {error}" for error in summary.errors)])


def _work(summary: BuildSummary) -> list[str]:
    """How much of the comparing was new; nothing where no snapshot was made."""
    parts, remade = summary.connected_parts, summary.connected_parts_remade
    said = f"connected parts {parts}, worked out anew {remade}; texts compared {summary.comparisons}"
    return [said] if summary.published else []
