"""What a line is where its tag does not say: a line in bold that heads a text, the words under a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.blocks import Block
from pipeline.extract.dates import MOMENT
from pipeline.extract.shapes import has_contact
from pipeline.extract.words import letters

MAX_HEADING = 30  # characters; what is longer in bold is a sentence that somebody stresses
LEAST_LETTERS = 2
MOST_BOLD = 0.5  # of the lines: on a page in bold it marks nothing
STOPS = tuple("。！？；，、：…!?;,:")
TOP = 2  # as h2: an article's title is its h1
# <div class="image-caption">, <p class="pic_desc">: themes of portals and notebooks.
CAPTION = re.compile(r"caption|(?:img|image|pic|photo)[-_]?(?:desc|text|title|intro|note)|tuzhu|tushuo")
MAX_CAPTION = 120


def kinds(lines: Sequence[Block], marks: Sequence[str]) -> Iterator[tuple[str, int]]:
    """(kind, level) of each line of an article. `marks`: class and id of every element, if they are known.

    Most content systems give an author no other heading than `<p><strong>先看账单</strong></p>`. Such lines
    stand one level below the headings of the markup, where there are any. A bold byline, a warning that ends
    like a sentence, a bold line above another one or at the end of the article stay what they are.
    """
    bold = [_is_bold(block) for block in lines]
    if sum(bold) > MOST_BOLD * len(lines):
        bold = [False] * len(lines)
    level = max((block.level + 1 for block in lines if block.level), default=TOP)
    for index, block in enumerate(lines):
        if bold[index] and index + 1 < len(lines) and not bold[index + 1] and not lines[index + 1].level:
            yield "heading", level
        elif marks and _is_caption(block, marks[block.place]):
            yield "caption", 0
        else:
            yield block.kind, block.level


def _is_bold(block: Block) -> bool:
    text = block.text
    if not block.bold or block.kind != "paragraph" or len(text) > MAX_HEADING or text.endswith(STOPS):
        return False
    plain = block.is_link or MOMENT.search(text) or has_contact(text)
    return not plain and len(letters(text)) >= LEAST_LETTERS


def _is_caption(block: Block, marks: str) -> bool:
    return block.kind == "paragraph" and len(block.text) <= MAX_CAPTION and bool(CAPTION.search(marks))
