"""Hashes of numbers: fixed 64-bit arithmetic (modulo 2**64), the same on every machine."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Grams = NDArray[np.uint64]
Numbers = NDArray[np.int64]


def mixed(values: Grams) -> Grams:
    """The finaliser of SplitMix64: spreads near numbers over all 64 bits."""
    out = values + np.uint64(0x9E3779B97F4A7C15)
    out = (out ^ (out >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    out = (out ^ (out >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return out ^ (out >> np.uint64(31))


def multipliers(count: int, seed: int) -> Grams:
    """Odd numbers, fixed by the seed alone."""
    return mixed(np.arange(count, dtype=np.uint64) + np.uint64(seed << 32)) | np.uint64(1)
