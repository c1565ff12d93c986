"""What holds for every test: no deadlines, the same examples, and what is left to `make test-slow`."""

from __future__ import annotations

import gc

import pytest
from hypothesis import HealthCheck, settings

# A machine that does something else as well is no fault of the code: time is measured by benchmarks.
settings.register_profile("searching", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# A change is judged by the same examples each time; `--hypothesis-profile searching` looks for others.
settings.register_profile("repeated", settings.get_profile("searching"), derandomize=True, database=None)
settings.load_profile("repeated")

# Whole crawls and builds, killed processes, clusters, browsers: half of all time. `.ci/run` runs them, too.
SLOW = {
    "test_benchmarks",
    "test_build_killed",
    "test_change",
    "test_cli_try",
    "test_cli_try_site",
    "test_copies_sharded",
    "test_crawl_killed",
    "test_dask",
    "test_engine_killed",
    "test_evaluate",
    "test_explorer_browser",
    "test_fuzz_reading",
    "test_hazards",
    "test_object_store",
    "test_older_snapshot",
    "test_operations_backup",
    "test_paging_build",
    "test_recrawl",
    "test_release_readers",
    "test_release_tampered",
    "test_shards",
    "test_takedown",
    "test_takedown_stored",
}


def pytest_configure() -> None:
    """What is made while tests are collected stays: looking for garbage in it is a fifth of the time."""
    gc.disable()


def pytest_collection_finish() -> None:
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.stem in SLOW:
            item.add_marker("slow")
