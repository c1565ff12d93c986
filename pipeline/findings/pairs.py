"""Characters that stand side by side: what the model is told of a sentence beside the signs in it."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import add

from pipeline.findings.sieve import REMEMBERED
from pipeline.findings.signs import Span

NAME, NUMBER, LATIN = "□", "0", "a"  # one character each, so that no pair knows a lender or a sum
_NO_HAN = re.compile(r"(?P<number>[0-9０-９][0-9０-９.,％%]*)|(?P<latin>[A-Za-zＡ-Ｚａ-ｚ]+)|\s+")
_FOR = {"number": NUMBER, "latin": LATIN, None: ""}


@lru_cache(maxsize=REMEMBERED)
def pairs(text: str, names: tuple[Span, ...]) -> frozenset[str]:
    """Each two characters that touch; numbers, Latin words and the platforms named here are one each.

    >>> sorted(pairs("云朵借扣了我300元", ((0, 3),)))
    ['0元', '□扣', '了我', '我0', '扣了']
    """
    for start, end in sorted(names, reverse=True):
        text = f"{text[:start]}{NAME}{text[end:]}"
    text = shortened(text)
    return frozenset(map(add, text, text[1:]))


def shortened(text: str) -> str:
    """Without spaces; each number and each Latin word one character.

    >>> shortened("第 3 天 APP 里多了 1,200 元")
    '第0天a里多了0元'
    """
    return _NO_HAN.sub(lambda match: _FOR[match.lastgroup], text)
