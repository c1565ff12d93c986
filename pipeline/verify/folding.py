"""What is no difference of words: width and script, character by character."""

from __future__ import annotations

from functools import cache

from pipeline.script import characters

# Full width as ASCII, which pages write as often: width is no difference of words.
WIDTH = str.maketrans({chr(0xFF00 + code): chr(0x20 + code) for code in range(1, 0x5F)} | {"\u3000": " "})


def folded(text: str) -> str:
    """Of the same length: half width, simplified.

    >>> folded("催收電話：１２")
    '催收电话:12'
    """
    return text.translate(WIDTH).translate(_simplified())


@cache
def _simplified() -> dict[int, str]:
    return {ord(char): simple for char, simple in characters().simplified_of.items()}
