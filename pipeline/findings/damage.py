"""Marks that a page's damage left behind, told from those that somebody wrote."""

from __future__ import annotations

import re

REACH = 16  # characters to either side; a run of misaligned bytes is seldom shorter than six
LEAST_SIGNS = 2  # one alone stands in genuine text
RARE_A_SIGN = 2  # different rare characters; 尴尬 has two, about one in a hundred is rare in genuine text
LEVEL_2 = 0xD8  # first byte of a rare Han character in GB 2312; beyond it stand only rarer ones
_MARK = re.compile(r"[？?]")
_DOUBLED = re.compile(r"[？?]{2}(?=[^？?！!\s])")
_STRANGE = re.compile(
    r"[（(][a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]{1,7}[)）]"  # pinyin of a rare character
    r"|[\u0100-\u04ff\u3041-\u312f]"  # letters of other scripts, as bytes read in pairs give them
    r"|(?<=[？?])[A-Za-z](?![A-Za-z])"  # ？e
)


def is_residue(line: str, start: int, end: int) -> bool:
    """Whether the `？` that line[start:end] ends with is a byte that was lost, not a question's.

    Where a byte is gone, the rest of the line is read in wrong pairs: rare characters, letters of other
    scripts and more `？` follow, and annotators add pinyin: 受不了？？墒呛贤？e（lǐ）. Such a line may
    have no repair and so no note. A question before ordinary words (会上门吗？？大家说说) is left alone,
    and so is one before a rare word or two (？尴尬的是鑫鑫).
    """
    if not _MARK.search(line, max(start, end - 2), end):
        return False
    doubled = _DOUBLED.search(line, max(start, end - 2), end + 1) is not None
    return _signs(line[max(start, end - REACH) : end + REACH]) + doubled >= LEAST_SIGNS


def _signs(text: str) -> int:
    strange = _STRANGE.findall(text)
    return len(strange) + len(set(filter(_is_rare, _STRANGE.sub("", text)))) // RARE_A_SIGN


def _is_rare(character: str) -> bool:
    """Han outside the 3,755 of everyday text."""
    if not "一" <= character <= "鿿":
        return False
    try:
        return character.encode("gb2312")[0] >= LEVEL_2
    except UnicodeEncodeError:
        return True
