"""A page's longer lines by their digests: what is text on one page and stands aside on others is no text."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from pipeline.extract.blocks import Block, Tree
from pipeline.extract.scan.measured import SHORT_COST
from pipeline.line_memory import once_a_line

LEAST_CHARS = 20  # a shorter line stands on many pages by chance
MOST_PASSAGES = 300  # of a page, in page order; the longest of 121 real articles has 393 lines
DIGITS = re.compile("[0-9]+")


class Passage(NamedTuple):  # a page has hundreds: see RawLine
    """A line of running text, inside the article found or aside of it; links are never asked for."""

    digest: str
    chars: int
    inside: bool


def passages(tree: Tree, chosen: Collection[int], scores: Sequence[float]) -> tuple[Passage, ...]:
    """`chosen`: indices of the article's lines; `scores`: of all lines, above 0 for running text."""
    inside = frozenset(chosen)
    found: dict[tuple[str, bool], Passage] = {}
    for index, (block, score) in enumerate(zip(tree.blocks, scores, strict=True)):
        if len(block.text) >= LEAST_CHARS and (score > 0 or index in inside):
            one = Passage(digest(block.text), len(block.text), index in inside)
            found.setdefault((one.digest, one.inside), one)
    return tuple(found.values())[:MOST_PASSAGES]


def without(tree: Tree, digests: Collection[str]) -> Tree:
    """The same tree, lines with these digests empty: no line and no element changes its place."""
    known = frozenset(digests)
    blocks = [
        _emptied(block) if len(block.text) >= LEAST_CHARS and digest(block.text) in known else block
        for block in tree.blocks
    ]
    numbers = [(block.place, block.score, block.linked) for block in blocks]
    return replace(tree, blocks=blocks, numbers=np.array(numbers, np.int64).reshape(-1, 3).T.copy())


def _emptied(block: Block) -> Block:
    """As a line without a word is measured."""
    score = 0 if block.level else -SHORT_COST
    return block._replace(text="", linked=0, is_link=False, is_footer=False, score=score)


@once_a_line
def digest(text: str) -> str:
    """16 hex digits over the line without white space, each run of digits as one."""
    said = DIGITS.sub("0", "".join(text.split()))
    return blake2b(said.encode("utf-8", "replace"), digest_size=8).hexdigest()
