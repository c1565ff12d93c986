"""A line as furniture words are: simplified, without pinyin annotations. For deciding only, never kept."""

from __future__ import annotations

import re
from functools import cache

import opencc

from pipeline.extract.words import letters

PINYIN = re.compile(r"[(（]\s*[a-zü\u00e0-\u01dc]{1,6}\s*[)）]", re.IGNORECASE)


@cache
def _converter() -> opencc.OpenCC:
    """One a process: building it takes longer than a page."""
    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """Good enough for comparing words; the text itself is converted by rules of its own.

    >>> simplified("小編導(dǎo)語")
    '小编导语'
    """
    return str(_converter().convert(PINYIN.sub("", text)))


def comparable(text: str) -> str:
    return letters(simplified(text))
