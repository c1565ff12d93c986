"""What `yuqi.toml` says about operation, with the defaults; what keys take stands in crawler.workspace."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import Any

from crawler.workspace import Settings, Workspace, load_settings

GB = 1_000_000_000


@dataclass(frozen=True)
class Retention:
    """The newest snapshot of each of so many days and months; pinned ones stay."""

    daily: int = 14
    monthly: int = 12
    pinned: tuple[str, ...] = ()


@dataclass(frozen=True)
class Budget:
    """Of one recrawl. `rebuild_minutes`: how long a build may work on what was built before."""

    pages: int | None = None
    seconds: float | None = None
    rebuild_minutes: float = 15.0  # with an hour's timer the next run is not in the way


@dataclass(frozen=True)
class HealthLimits:
    """Beyond these a site needs a person. Judgement: there is no labelled history of broken sites."""

    no_new_days: float = 30.0
    error_share: float = 0.2  # of a run's requests
    drop_share: float = 0.5  # of a run's pages that should be articles
    confidence: float = 0.6  # mean over a run's articles
    shift: float = 0.5  # share of a run's articles that are built otherwise than those before


@dataclass(frozen=True)
class Operation:
    """All of it."""

    retention: Retention = Retention()
    budget: Budget = Budget()
    health: HealthLimits = HealthLimits()
    min_free_bytes: int = 5 * GB
    hook: tuple[str, ...] = ()
    ping: str | None = None


def operation_of(place: Workspace) -> Operation:
    said = load_settings(place)
    retention, budget, recrawl = (dict(table or {}) for table in (said.retention, said.budget, said.recrawl))
    least = _min_free_gb(said, retention, budget)
    retention["pinned"] = tuple(retention.get("pinned", ()))
    return Operation(
        Retention(**retention),
        Budget(**budget),
        HealthLimits(**(said.health or {})),
        int(least * GB),
        _words(recrawl.get("hook", ())),
        recrawl.get("ping"),
    )


def _min_free_gb(said: Settings, retention: dict[str, Any], budget: dict[str, Any]) -> float:
    """People look for it at the top and in both tables; the strictest holds."""
    there = [said.min_free_gb, retention.pop("min_free_gb", None), budget.pop("min_free_gb", None)]
    return max([value for value in there if value is not None], default=Operation.min_free_bytes / GB)


def _words(hook: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(shlex.split(hook)) if isinstance(hook, str) else tuple(hook)
