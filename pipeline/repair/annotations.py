"""Pinyin annotations: 內(nèi)容, 聯(lián)系."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.readings import SYLLABLE, is_reading
from pipeline.repair.edited import EditedText, Span
from pipeline.script import characters

KIND = "annotation"
# The machine's annotations: at least this many valid ones on a page, nearly all of them on characters that
# the script conversion made, and these characters seldom bare. Right on 541 of 541; in 81 MB of clean
# text 225 look-alikes, none taken out (a dictionary's 單(shàn), 拼音(pīnyīn), 平台(app), an annotated poem).
MIN_VALID = 3
MIN_ON_CHANGED = 0.97
MAX_BARE = 0.25

BRACKETED = rf"[(（]\s?(?P<syllable>{SYLLABLE})\s?[)）]"
OPENS = re.compile(rf"[(（]\s?{SYLLABLE}")  # quick to find; a page without a machine has two at most
ANNOTATED = re.compile(rf"(?P<char>[\u3400-\u9fff])(?P<gone>{BRACKETED}(?:[(（]\s?(?P=syllable)\s?[)）])*)")


def strip_annotations(lines: Sequence[EditedText]) -> tuple[EditedText, ...]:
    """Takes the annotations of a page out of its lines, where it is the page's way to annotate.

    Damage: machine-converted pages carry the first dictionary reading behind characters that the conversion
    from simplified changed: 內(nèi)容. Variants: full-width brackets, a blank inside them, no tone, doubled.
    Left alone: everything on a page where these are not the rule (單(shàn)姓 in a text about names, an
    annotated poem), and on any page what is no reading of its character (平臺(app)).
    """
    texts = [line.text for line in lines]
    if not is_annotated(texts):
        return tuple(lines)
    return tuple(line.replace(_spans(line.text)) for line in lines)


def is_annotated(texts: Sequence[str]) -> bool:
    """Whether a machine annotated this page."""
    whole = "\n".join(texts)
    if len(OPENS.findall(whole)) < MIN_VALID:
        return False
    changed = characters().simplified_of
    found = [match for text in texts for match in ANNOTATED.finditer(text) if _is_valid(match)]
    valid = [match["char"] for match in found if match["char"] in changed or not _is_doubled(match)]
    on_changed = [char for char in valid if char in changed]
    if len(valid) < MIN_VALID or len(on_changed) < MIN_ON_CHANGED * len(valid):
        return False
    occurrences = sum(whole.count(char) for char in set(on_changed))
    return occurrences - len(on_changed) <= MAX_BARE * occurrences


def _spans(text: str) -> list[Span]:
    return [
        Span(match.start("gone"), match.end("gone"), "", KIND)
        for match in ANNOTATED.finditer(text)
        if _is_valid(match) and (match["char"] in characters().simplified_of or _is_doubled(match))
    ]


def _is_valid(match: re.Match[str]) -> bool:
    return is_reading(match["syllable"], match["char"])


def _is_doubled(match: re.Match[str]) -> bool:
    """系(xi)(xi): nobody writes that, whatever the character."""
    return len(re.findall(r"[(（]", match["gone"])) > 1
