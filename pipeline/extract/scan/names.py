"""What the elements of HTML are, by name; for compiled code a table of numbers."""

from __future__ import annotations

import numpy as np

# Elements whose text is none of the page's
_SKIPPED = """
    script style noscript template svg math iframe object embed applet canvas audio video map head
    select option optgroup datalist button input textarea nav dialog menu link meta noembed noframes
"""
_BLOCKS = """
    address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main ol p pre section summary table
    tbody td tfoot th thead title tr ul caption
"""
BLOCKS = frozenset(_BLOCKS.split())  # elements that begin and end lines
# Elements that close by themselves, or have no end; the rest stay open until they are closed.
_LOOSE = """
    area base br col embed hr img input link meta param source track wbr p li dt dd option optgroup tr
    td th tbody thead tfoot colgroup rp rt html head body
"""
_VOID = """
    area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr
"""
# A parser opens them again in every paragraph behind one in which they were not closed.
_FORMATS = "b big code em font i s small strike strong tt u"
_GROUPS = (
    ("SKIP", _SKIPPED),
    ("BLOCK", _BLOCKS),
    ("LOOSE", _LOOSE),
    ("VOID", _VOID),
    ("FORMAT", _FORMATS),
    ("RAW", "script style textarea title xmp noembed noframes iframe plaintext"),  # their text is no markup
    ("FOREIGN", "svg math"),  # … but in these it is
    ("OPTION", "option optgroup"),
    ("BOLD", "b strong"),
    ("LINK", "a"),
    ("BREAK", "br"),
    ("CELL", "td th"),
    ("ROW", "tr"),
    ("TIME", "time"),
    ("BASE", "base"),
)
SKIP, BLOCK, LOOSE, VOID, FORMAT, RAW, FOREIGN, OPTION, BOLD, LINK, BREAK, CELL, ROW, TIME, BASE = (
    1 << place for place in range(len(_GROUPS))
)
PLACE_BITS = 16  # above them stands the place of the name in NAMES
SEED, PRIME = 14695981039346656037, 1099511628211  # FNV-1a, 64 bits


def key(name: bytes) -> int:
    """As compiled code works it out of the bytes of a name."""
    found = SEED
    for byte in name:
        found = (found ^ byte) * PRIME & 0xFFFF_FFFF_FFFF_FFFF
    return found


_KNOWN = sorted({name for _, names in _GROUPS for name in names.split()})
NAMES = ("", *_KNOWN)  # the first stands for any other
# What lines are by the elements that hold them.
KINDS = ("paragraph", "heading", "list-item", "caption", "table-row")
PARAGRAPH, HEADING, LIST_ITEM, CAPTION, TABLE_ROW = range(len(KINDS))
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_KIND_BY_NAME = {"li": LIST_ITEM, "dd": LIST_ITEM, "dt": LIST_ITEM, "figcaption": CAPTION}
_KIND_BY_NAME |= dict.fromkeys(_LEVELS, HEADING)
KIND_OF = np.array([_KIND_BY_NAME.get(name, PARAGRAPH) for name in NAMES], np.int64)
LEVEL_OF = np.array([_LEVELS.get(name, 0) for name in NAMES], np.int64)
# A table with open addressing: a name stands in the slot that its key says, or in the next free one.
SLOTS = 512  # four times as many as names: hardly any is looked for twice
KEYS, FLAGS = np.zeros(SLOTS, np.uint64), np.zeros(SLOTS, np.int64)


def _enter(place: int, name: str) -> None:
    slot = key(name.encode()) % SLOTS
    while KEYS[slot]:
        slot = (slot + 1) % SLOTS
    KEYS[slot] = key(name.encode())
    groups = sum(1 << at for at, (_, names) in enumerate(_GROUPS) if name in names.split())
    FLAGS[slot] = groups | place << PLACE_BITS


for _place, _name in enumerate(_KNOWN, start=1):
    _enter(_place, _name)
