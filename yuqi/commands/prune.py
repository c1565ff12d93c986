"""`yuqi prune`."""

from __future__ import annotations

import click

from crawler.workspace import Workspace
from yuqi.lock import alone
from yuqi.operations.pruning import planned, prune
from yuqi.operations.settings import operation_of
from yuqi.options import results
from yuqi.output import Look, Result, emit


@click.command("prune")
@click.option("--dry-run", is_flag=True, help="Only say what would go, and why the others stay.")
@results
def command(place: Workspace, look: Look, dry_run: bool) -> None:
    """Retention: removes snapshots that `[retention]` in yuqi.toml no longer keeps.

    Kept are the newest of 14 days and of 12 months (`daily`, `monthly`), the latest, and for good those that
    a release was made from or that `pinned` names. Archive, state and releases are never touched.

    Example: yuqi prune --dry-run
    """
    rule = operation_of(place).retention
    if dry_run:
        plan, freed = planned(place, rule), 0
    else:
        with alone(place, "prune"):
            plan = planned(place, rule)
            freed = prune(place, plan)
    going = [one for one in plan if one.why is None]
    done = "would go" if dry_run else "removed"
    rows = [
        {
            "snapshot": one.snapshot,
            "bytes": one.bytes,
            "action": done if one.why is None else "kept",
            "why": one.why,
        }
        for one in plan
    ]
    size = sum(one.bytes for one in going) if dry_run else freed
    note = f"{len(going)} of {len(plan)} snapshots {done}, {size / 1e6:.1f} MB"
    emit(Result(("snapshot", "bytes", "action", "why"), rows, notes=(note,)), look)
