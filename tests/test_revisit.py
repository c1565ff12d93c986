"""The revisit policy: laws of the score, and what it keeps fresh beside others on the same budget."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.revisit.__main__ import policies, table
from benchmarks.revisit.world import Caught, lived, rates_of, watch
from crawler.revisit import (
    FIRST_THRESHOLD,
    MAX_INTERVAL_DAYS,
    MIN_INTERVAL_DAYS,
    VISIT_DAYS,
    article_interval,
    change_rate,
    doubts_gone,
    interval_days,
    score,
    threshold_of,
)

RATES = st.floats(0.001, 10)
PAGES, DAYS, SEED = 600, 560, 3


@pytest.fixture(scope="module")
def found() -> dict[str, Caught]:
    rates = rates_of(PAGES, SEED)
    changes = lived(rates, DAYS, SEED)
    return {name: watch(changes, made()) for name, made in policies(rates).items()}


@given(RATES, st.floats(0.1, 400), st.floats(0.1, 400))
def test_waiting_never_makes_a_visit_worth_less(rate: float, days: float, more: float) -> None:
    assert score(rate, days + more) >= score(rate, days) >= 0


@given(RATES, st.floats(0.0, 40))
def test_an_interval_is_where_the_score_reaches_the_threshold(rate: float, threshold: float) -> None:
    days = interval_days(rate, threshold)
    assert MIN_INTERVAL_DAYS <= days <= MAX_INTERVAL_DAYS
    if MIN_INTERVAL_DAYS + 1e-6 < days < MAX_INTERVAL_DAYS:
        assert score(rate, days) == pytest.approx(threshold, rel=1e-6)


@given(st.dictionaries(RATES, st.integers(1, 100), min_size=1, max_size=8))
def test_a_threshold_asks_for_no_more_visits_than_there_are(pages: dict[float, int]) -> None:
    budget = sum(pages.values()) / VISIT_DAYS
    asked = sum(n / interval_days(rate, threshold_of(pages, budget)) for rate, n in pages.items())
    assert asked <= budget * (1 + 1e-9)


def test_a_page_of_which_nothing_is_known_is_visited_at_the_mean_interval() -> None:
    assert interval_days(change_rate(0, timedelta(0)), FIRST_THRESHOLD) == pytest.approx(VISIT_DAYS)


def test_a_page_that_changes_is_visited_sooner_and_one_that_never_does_later() -> None:
    intervals = [article_interval(changes, timedelta(days=60)) for changes in (0, 1, 4, 30)]
    assert all(a > b for a, b in pairwise(intervals))
    watched = [article_interval(0, timedelta(days=days)) for days in (0, 60, 200)]
    assert all(a < b for a, b in pairwise(watched))


def test_of_a_few_pages_all_may_be_gone_and_of_many_no_more_than_half() -> None:
    assert not doubts_gone(4, 4) and not doubts_gone(50, 100)
    assert doubts_gone(51, 100) and doubts_gone(5, 9)


def test_at_the_same_budget_it_is_fresher_than_uniform_and_catches_more(found: dict[str, Caught]) -> None:
    """The world of `make bench-revisit`, smaller; figures of the full one: docs/experiments.md."""
    uniform, best = found["uniform"], found["true rates, best for freshness (α = 0)"]
    for name in ("ours, as the frontier does it", "ours, highest scores"):
        assert found[name].visits_a_day <= 1 + 1e-9
        assert found[name].fresh > uniform.fresh
        assert found[name].fresh >= 0.99 * best.fresh
        assert found[name].versions >= 1.5 * uniform.versions
    assert "uniform | " in table(found)
