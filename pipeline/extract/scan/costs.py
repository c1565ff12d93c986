"""What it would cost to parse a page, and what of rare kinds stands in it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from pipeline.compiled import BYTES, ZERO, compiled_for
from pipeline.extract.scan.names import BASE, FOREIGN, FORMAT, LOOSE, OPTION, RAW, TIME
from pipeline.extract.scan.signs import DATED, TURNS, signs_in_tag
from pipeline.extract.scan.tags import (
    LESS,
    SLASH,
    Bytes,
    comment_end,
    find,
    is_comment,
    is_letter,
    key_of,
    name_at,
    raw_end,
)

MOST_ALIKE = 3  # of one tag, and no more, are opened again (HTML Standard, active formatting elements)
NODE_BYTES = 450  # of an element in lexbor's memory, measured


class Costs(NamedTuple):
    """Of the tag with most attributes, of all elements that are open at once, of <option>, and what
    elements take in memory that are opened again because nobody has closed them: see FORMAT.

    `signs`: bits, as in signs.py."""

    attributes: int
    opened: int
    options: int
    again: int
    signs: int


@compiled_for(BYTES)
def costs(data: Bytes) -> Costs:
    """`/p` closes a `p`. In <svg> nothing closes by itself, and `<style>` holds markup."""
    alike, last = 0, np.uint64(0)
    attributes = most = opened = options = again = formats = weight = foreign = signs = 0
    at = find(data, LESS, ZERO)
    while at + 1 < data.size:
        closing = data[at + 1] == SLASH
        start = at + 1 + closing
        if is_comment(data, at):
            at = comment_end(data, at)
        elif start < data.size and is_letter(data[start]):
            flags, name_end = name_at(data, start)
            end, count, said = signs_in_tag(data, name_end)
            signs |= said | (DATED if flags & TIME else 0) | (TURNS if flags & BASE else 0)
            attributes = max(attributes, count)
            bare = data[end - 2] == SLASH and (foreign > 0 or bool(flags & FOREIGN))
            if flags & FOREIGN and not bare:
                foreign = max(0, foreign - 1) if closing else foreign + 1
            if not bare and (foreign > 0 or not flags & LOOSE):
                opened = max(0, opened - 1) if closing else opened + 1
                most = max(most, opened)
            if flags & FORMAT and closing:
                formats = max(0, formats - 1)
                weight = weight if formats else 0
            elif flags & FORMAT:
                tag = key_of(data, start, end)
                alike = alike + 1 if tag == last else 1
                last = tag
                if alike <= MOST_ALIKE:
                    formats += 1
                    weight += end - start
            elif not closing:
                again += formats * NODE_BYTES + weight
            options += bool(flags & OPTION) and not closing
            at = end
            if flags & RAW and not closing and not foreign:
                at = raw_end(data, start, name_end, end)
        else:
            at += 1
        at = find(data, LESS, at)
    return Costs(attributes, most, options, again, signs)
