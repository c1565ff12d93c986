"""Machine conversion to traditional characters, one by one, and half-width punctuation: both 1:1."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import opencc

from yuqi.samples.document import Cell, Document, Line

# Where OpenCC's first choice is not what such sites show; 后, 云 and 余 stay, having no context to go by.
FARM_FORMS = {"为": "為", "着": "著", "后": "后", "云": "云", "余": "余", "里": "裡", "台": "臺"}
HALF_WIDTH = str.maketrans("，；：！？（）", ",;:!?()")


def to_traditional(document: Document) -> Document:
    return _shown(document, lambda own: own.translate(TRADITIONAL))


def to_half_width(document: Document) -> Document:
    """ASCII for the Chinese signs that have an ASCII form."""
    return _shown(document, lambda own: own.translate(HALF_WIDTH))


def traditional(character: str) -> str:
    return TRADITIONAL[ord(character)]


@cache
def is_changed(true: str, own: str) -> bool:
    """Whether `own` is the traditional form of `true` and of nothing else; 著 is also 著."""
    return own != true and traditional(true) == own and _converter("t2s").convert(own) == true


class _Traditional(dict[int, str]):
    """By code point, worked out when it is first asked for."""

    def __missing__(self, point: int) -> str:
        found = FARM_FORMS.get(chr(point)) or str(_converter("s2t").convert(chr(point)))
        self[point] = found
        return found


TRADITIONAL = _Traditional()


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


def _shown(document: Document, change: Callable[[str], str]) -> Document:
    def converted(line: Line) -> Line:
        cells = tuple(Cell(c.true, change(c.own), c.damage, c.expected) for c in line.cells)
        return line._replace(cells=cells)

    return document.map(converted)
