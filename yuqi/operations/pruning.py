"""Retention as `prune` and `recrawl` apply it."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.workspace import Workspace
from pipeline.store.pins import pins
from pipeline.store.retention import Standing, remove, standing
from yuqi.operations.settings import Retention


def planned(place: Workspace, rule: Retention) -> list[Standing]:
    """Every snapshot with the reason why it stays; those without one go."""
    said = [(name, "pinned in yuqi.toml") for name in rule.pinned]
    return standing(place, rule.daily, rule.monthly, [*said, *pins(place)])


def prune(place: Workspace, plan: Sequence[Standing]) -> int:
    """Bytes given back. The caller holds the lock, so no build publishes meanwhile."""
    going = [one for one in plan if one.why is None]
    for one in going:
        remove(place, one.snapshot)
    return sum(one.bytes for one in going)
