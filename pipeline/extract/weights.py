"""What one line says for or against being the article, beside what is measured: scan/measured.py."""

from __future__ import annotations

from pipeline.extract.blocks import Block
from pipeline.extract.scan.characters import ENDS
from pipeline.extract.shapes import NUMBERED

_ENDS = frozenset(ENDS)


def ends_sentence(text: str) -> bool:
    """As SENTENCE_END, for a line without white space at its end."""
    return text[-1:] in _ENDS


def is_way_out(block: Block) -> bool:
    """A line that is mostly a link, but no heading: 相关报道, 点击查看."""
    return block.is_link and not block.level and not NUMBERED.match(block.text)
