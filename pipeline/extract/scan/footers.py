"""Lines that name a licence or who holds the rights: the foot of a page."""

from __future__ import annotations

import numpy as np

from pipeline.compiled import bare
from pipeline.extract.scan.names import key
from pipeline.extract.scan.tags import Bytes, key_of, lower

FOOTER = (
    "copyright", "©", "版权所有", "版權所有", "icp备", "icp備", "icp证", "icp證", "公网安备", "经营许可证",
    "all rights reserved",
)  # fmt: skip
FOOTER_CHARS = 300  # a longer text that names a licence is none
_WORDS = tuple((len(word), np.uint8(word[-1]), np.uint64(key(word))) for word in map(str.encode, FOOTER))
_ENDS = np.zeros((2, 256), np.bool_)  # whether a byte is the last but one of them, the last
for _word in (case.encode() for word in FOOTER for case in (word, word.upper())):
    _ENDS[0, _word[-2]] = _ENDS[1, _word[-1]] = True


@bare
def names_rights(data: Bytes, start: int, end: int) -> bool:
    """Whether one of these words stands here, in any case."""
    for stop in range(start + 2, end + 1):
        if _ENDS[1, data[stop - 1]] and _ENDS[0, data[stop - 2]]:
            last = lower(data[stop - 1])
            for length, byte, said in _WORDS:
                if byte == last and stop - length >= start and key_of(data, stop - length, stop) == said:
                    return True
    return False
