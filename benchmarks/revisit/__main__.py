"""`python -m benchmarks.revisit`: what each policy keeps fresh and catches, with as many requests a day."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from itertools import starmap

from benchmarks.revisit.policies import (
    AsTheFrontier,
    ByScore,
    Proportional,
    nutch,
    stormcrawler,
    uniform,
)
from benchmarks.revisit.world import Caught, Numbers, Policy, lived, rates_of, watch

HEAD = ("policy", "fresh %", "stale days", "versions %", "visits %")


def policies(rates: Numbers) -> dict[str, Callable[[], Policy]]:
    """By name; each is made anew for a run, since some remember."""
    return {
        "uniform": lambda: uniform,
        "proportional": Proportional,
        "Nutch, adaptive": nutch,
        "StormCrawler, adaptive": stormcrawler,
        "ours, as the frontier does it": AsTheFrontier,
        "ours, highest scores": ByScore,
        "ours, freshness only (α = 0)": lambda: ByScore(0.0),
        "ours, versions only (α = 1)": lambda: ByScore(1.0),
        "true rates, highest scores": lambda: ByScore(rates=rates),
        "true rates, best for freshness (α = 0)": lambda: ByScore(0.0, rates),
    }


def compare(pages: int, days: int, seed: int) -> dict[str, Caught]:
    rates = rates_of(pages, seed)
    changes = lived(rates, days, seed)
    return {name: watch(changes, made()) for name, made in policies(rates).items()}


def table(found: dict[str, Caught]) -> str:
    lines = [" | ".join(row) for row in (HEAD, ("---",) * len(HEAD), *starmap(_row, found.items()))]
    return "\n".join(f"| {line} |" for line in lines)


def _row(name: str, caught: Caught) -> tuple[str, ...]:
    percents = f"{100 * caught.versions:.0f}", f"{100 * caught.visits_a_day:.0f}"
    return name, f"{100 * caught.fresh:.1f}", f"{caught.stale_days:.1f}", *percents


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.revisit")
    parser.add_argument("--pages", type=int, default=5_000)
    parser.add_argument("--days", type=int, default=910)
    parser.add_argument("--seed", type=int, nargs="+", default=[1])
    asked = parser.parse_args()
    for seed in asked.seed:
        print(f"\n{asked.pages} pages, {asked.days} days, seed {seed}\n")
        print(table(compare(asked.pages, asked.days, seed)), flush=True)


if __name__ == "__main__":
    main()
