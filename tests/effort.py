"""What a call may cost the processor, whatever other tests have left in memory; not a test itself."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import process_time

TRIES = 3


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail if the body takes more CPU than this."""
    with _uncollected():
        began = process_time()
        yield
        spent = process_time() - began
    assert spent < seconds, f"{spent:.3f} s of CPU, {seconds} allowed"


def grows_no_faster(call: Callable[[int], object], size: int) -> None:
    """Fail if ten times `size` takes forty times the CPU; a square would take a hundred."""
    small, large = (min(_seconds(call, n) for _ in range(TRIES)) for n in (size, 10 * size))
    assert large < 40 * max(small, 0.005), f"{small:.3f} s of CPU, {large:.3f} for ten times as much"


def _seconds(call: Callable[[int], object], size: int) -> float:
    with _uncollected():
        began = process_time()
        call(size)
        return process_time() - began


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without collecting garbage: a pass over what thousands of tests left is longer than many a call."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
