"""Signs of what few pages have, gathered with their tags: to ask a tree for each takes as long as a title."""

from __future__ import annotations

import numpy as np

from pipeline.compiled import bare
from pipeline.extract.scan.names import key
from pipeline.extract.scan.tags import Bytes, attribute_at, key_of, lower

# JSON-LD, a marked date (microdata, <time>), breadcrumbs that the markup calls so, a link to the next page
# or a base that all addresses count from.
JSON_LD, DATED, TRAIL, TURNS = 1, 2, 4, 8
_NAMES = (b"type", b"itemprop", b"itemtype", b"class", b"id", b"aria-label", b"rel")
TYPE, ITEMPROP, ITEMTYPE, CLASS, ID, LABEL, REL = (np.uint64(key(name)) for name in _NAMES)
LD_JSON, DATE_PUBLISHED, CRUMB, NEXT, BREADCRUMBS = (
    (len(word), np.uint8(word[-1]), np.uint64(key(word)))  # keys are of lower case
    for word in (b"ld+json", b"datepublished", b"crumb", b"next", "面包屑".encode())
)
SHORTEST = 4  # of the words


@bare
def _says(data: Bytes, at: int, end: int, word: tuple[int, np.uint8, np.uint64]) -> bool:
    """Whether a word stands in a value, in any case."""
    length, last, said = word
    for stop in range(at + length, end + 1):
        if lower(data[stop - 1]) == last and key_of(data, stop - length, stop) == said:
            return True
    return False


@bare
def _sign(data: Bytes, name: np.uint64, at: int, end: int) -> int:
    """What the value of this attribute is a sign of."""
    if name == TYPE:
        return JSON_LD if _says(data, at, end, LD_JSON) else 0
    if name == ITEMPROP:
        return DATED if _says(data, at, end, DATE_PUBLISHED) else 0
    if name == REL:
        return TURNS if _says(data, at, end, NEXT) else 0
    if name == LABEL and _says(data, at, end, BREADCRUMBS):
        return TRAIL
    if name in (CLASS, ID, ITEMTYPE, LABEL):
        return TRAIL if _says(data, at, end, CRUMB) else 0
    return 0


@bare
def signs_in_tag(data: Bytes, at: int) -> tuple[int, int, int]:
    """(behind the `>` of the tag whose name ends here, how many attributes it has, their signs)."""
    count = signs = 0
    while True:
        name, name_end, value, value_end, at = attribute_at(data, at)
        if name == name_end:
            return at, count, signs
        count += 1
        if value_end - value >= SHORTEST:
            signs |= _sign(data, key_of(data, name, name_end), value, value_end)
