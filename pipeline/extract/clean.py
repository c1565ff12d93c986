"""Lines of text without what nobody sees: invisible characters, layout white space."""

from __future__ import annotations

import re

# Control characters (tab and line ends are white space), soft hyphen, zero-width, bidi marks and overrides,
# word joiner, byte order mark, interlinear and tag characters, variation selectors, lone surrogates.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)
WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
# A line end of the source between two wide characters is no blank (CSS Text 3, segment breaks).
SOURCE_WRAP = re.compile(rf"(?<=[{WIDE}])[^\S\n\r]*[\r\n]\s*(?=[{WIDE}])")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def fold(text: str) -> str:
    """White space folded to single blanks, ends stripped, invisible characters gone.

    A single blank between Han stays: it may be all that is left of a deleted word.

    >>> fold(" 频繁的\\u3000\\u3000催收 和\\u200b短信\\n给借款人 ")
    '频繁的 催收 和短信给借款人'
    """
    return fold_visible(visible(text))


def visible(text: str) -> str:
    return INVISIBLE.sub("", text)


def fold_visible(text: str) -> str:
    """The same of a text that holds no invisible character."""
    said = text.strip()
    if "\n" in said or "\r" in said:
        said = SOURCE_WRAP.sub("", said)
    return " ".join(said.split())


def squeeze(text: str) -> str:
    """Without any white space, for comparing."""
    return "".join(text.split())
