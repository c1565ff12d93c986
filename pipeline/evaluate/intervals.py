"""How far a share that was measured on a few may lie from the true one."""

from __future__ import annotations

from math import sqrt

Z_95 = 1.959964  # of the normal distribution, both sides: 95 % of all samples lie between


def wilson(hits: int, total: int) -> tuple[float, float]:
    """Wilson's score interval at 95 % of a share of `hits` in `total`; of nothing, all that can be.

    Unlike the interval around the share itself it holds near 0 and 1: 20 of 20 may well be 17 of 20.

    >>> wilson(20, 20)
    (0.83887..., 1.0)
    >>> wilson(0, 0)
    (0.0, 1.0)

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference (1927).
    """
    if not 0 <= hits <= total:
        raise ValueError(f"{hits} of {total} is no share")
    if total == 0:
        return 0.0, 1.0
    share = hits / total
    scale = 1 + Z_95**2 / total
    middle = (share + Z_95**2 / (2 * total)) / scale
    reach = Z_95 * sqrt(share * (1 - share) / total + Z_95**2 / (4 * total**2)) / scale
    return max(0.0, middle - reach), min(1.0, middle + reach)
