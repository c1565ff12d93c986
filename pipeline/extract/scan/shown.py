"""What a tag says of its element: whether it is shown."""

from __future__ import annotations

import numpy as np

from pipeline.compiled import bare
from pipeline.extract.scan.names import key
from pipeline.extract.scan.tags import Bytes, attribute_at, is_blank, key_of, lower

STYLE, HIDDEN, DISPLAY, NONE = (np.uint64(key(word)) for word in (b"style", b"hidden", b"display", b"none"))
COLON = np.uint8(58)
BEGINS_DISPLAY = np.uint8(100)  # d; the rest is only looked at behind one


@bare
def _no_blank(data: Bytes, at: int, end: int) -> int:
    while at < end and is_blank(data[at]):
        at += 1
    return at


@bare
def _hides(data: Bytes, at: int, end: int) -> bool:
    """Whether a style says `display: none`."""
    while at + 11 < end:
        if lower(data[at]) == BEGINS_DISPLAY and key_of(data, at, at + 7) == DISPLAY:
            colon = _no_blank(data, at + 7, end)
            if colon < end and data[colon] == COLON:
                none = _no_blank(data, colon + 1, end)
                if none + 4 <= end and key_of(data, none, none + 4) == NONE:
                    return True
        at += 1
    return False


@bare
def shown_end(data: Bytes, at: int) -> tuple[int, bool]:
    """(behind the tag whose name ends here, whether it says that its element is not shown).

    Not `visibility: hidden`: some systems show the article by script once it is loaded.
    """
    hidden = False
    while True:
        name, name_end, value, value_end, at = attribute_at(data, at)
        if name == name_end:
            return at, hidden
        if name_end - name == 6 and key_of(data, name, name_end) == HIDDEN:
            hidden = True
        elif name_end - name == 5 and key_of(data, name, name_end) == STYLE:
            hidden = hidden or _hides(data, value, value_end)
