"""What texts are compared by: the grams of their lines, as arrays that compiled code reads."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import inner
from pipeline.copies.hashing import Numbers

Places = NDArray[np.uint32]


class Lines(NamedTuple):
    """`places[starts[i]:starts[i + 1]]` are the grams of line i, `texts` says so for the lines of texts.

    A gram is kept as its place in a table of 2**22. `named` lines name a platform.
    """

    places: Places
    starts: Numbers
    texts: Numbers
    named: NDArray[np.bool_]


@inner
def grams_of(lines: Lines, text: int) -> Places:
    return lines.places[lines.starts[lines.texts[text]] : lines.starts[lines.texts[text + 1]]]


@inner
def line_grams(lines: Lines, line: int) -> Places:
    return lines.places[lines.starts[line] : lines.starts[line + 1]]
