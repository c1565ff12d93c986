"""What a process remembers of texts, for whoever measures what a page costs that was never seen."""

from __future__ import annotations

import gc
from functools import _lru_cache_wrapper
from typing import Any

from pipeline.repair.restoring import by_use

LEAST_REMEMBERED = 1_000  # answers; what holds fewer are rules and stages, which a build makes once


def memories() -> list[_lru_cache_wrapper[Any]]:
    """Bounded caches of the pipeline, also those that a stage holds; tables that never change stay."""
    held = [one for one in gc.get_objects() if type(one) is _lru_cache_wrapper and _of_texts(one)]
    return [by_use, *held]  # it holds fewer, but each of them what it knows of lines


def _of_texts(cache: _lru_cache_wrapper[Any]) -> bool:
    ours = (cache.__module__ or "").partition(".")[0] == "pipeline"
    return ours and (cache.cache_parameters()["maxsize"] or 0) >= LEAST_REMEMBERED
