"""A line as furniture words are: simplified, without pinyin annotations. For deciding only, never kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import opencc

from pipeline.extract.words import letters
from pipeline.line_memory import once_a_line
from pipeline.script import characters

IN_WORDS = "哩坏沈藉覆"  # change in some words only; all that jieba's dictionary has of these
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
    bare = _unannotated(text)
    return _converted(bare) if _changing().search(bare) else bare


def simplified_lines(texts: Sequence[str]) -> list[str]:
    """The same of each line, looked at together: a page has hundreds, and most of them none to change."""
    whole = "\n".join(texts)
    if _changing().search(whole):
        return [simplified(text) for text in texts]
    return [_unannotated(text) for text in texts] if "(" in whole or "（" in whole else list(texts)


def _unannotated(text: str) -> str:
    return PINYIN.sub("", text) if "(" in text or "（" in text else text


@cache
def _changing() -> re.Pattern[str]:
    """A character that simplification changes; a simplified page has hardly any."""
    return re.compile(f"[{''.join(characters().simplified_of)}{IN_WORDS}]")


@once_a_line
def _converted(text: str) -> str:
    return str(_converter().convert(text))


def comparable(text: str) -> str:
    return letters(simplified(text))
