"""What texts are compared by: the grams of their lines, as arrays that compiled code reads."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import inner
from pipeline.copies.hashing import Numbers

Places = NDArray[np.uint32]


class Lines(NamedTuple):
    """Lines `texts[i]` to `texts[i + 1]` are those of text i; `ids[j]` says which of the lines that differ
    line j is. So a line of text takes four bytes, and what is said again and again is kept once.

    Of different line k the grams are `sizes[k]` of `places` from `begins[k]` on; `named` ones name a
    platform. A gram is kept as its place in a table of 2**22.
    """

    places: Places
    begins: Numbers
    sizes: NDArray[np.int32]
    named: NDArray[np.bool_]
    ids: NDArray[np.uint32]
    texts: Numbers


@inner
def line_grams(lines: Lines, line: int) -> Places:
    different = lines.ids[line]
    return lines.places[lines.begins[different] : lines.begins[different] + lines.sizes[different]]


@inner
def text_size(lines: Lines, text: int) -> int:
    """How many grams all lines of a text have."""
    size = 0
    for line in range(lines.texts[text], lines.texts[text + 1]):
        size += lines.sizes[lines.ids[line]]
    return size
