"""What texts are compared by: the grams of their lines, as arrays that compiled code reads."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import inner
from pipeline.copies.hashing import Numbers

Places = NDArray[np.uint32]


class Lines(NamedTuple):
    """The grams of line i are `sizes[i]` of `places` from `begins[i]` on, those of equal lines the same.

    Lines `texts[i]` to `texts[i + 1]` are those of text i. A gram is kept as its place in a table of 2**22.
    `named` lines name a platform.
    """

    places: Places
    begins: Numbers
    sizes: NDArray[np.int32]
    texts: Numbers
    named: NDArray[np.bool_]


@inner
def line_grams(lines: Lines, line: int) -> Places:
    return lines.places[lines.begins[line] : lines.begins[line] + lines.sizes[line]]


@inner
def text_size(lines: Lines, text: int) -> int:
    """How many grams all lines of a text have."""
    size = 0
    for line in range(lines.texts[text], lines.texts[text + 1]):
        size += lines.sizes[line]
    return size
