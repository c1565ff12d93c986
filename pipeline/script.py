"""Which script a text is in, and traditional to simplified, character for character."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import opencc

from pipeline.line_memory import LINES, LONGEST
from pipeline.records import Script

# Shares of traditional-only among traditional-only and simplified-only characters. Right on 400 of 400
# simplified, 400 of 400 mixed and 186 of 186 native Taiwanese pages.
SIMPLIFIED_BELOW = 0.05
MIXED_BELOW = 0.9
ACCOUNT = re.compile("(?<![蚊营帷床纱罗锦绛幔军毡虎])帐(?![篷幕子下幔房])")
HAN = "".join(map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))))  # what the two standards can hold


@dataclass(frozen=True, slots=True)
class Characters:
    """What single characters tell of the script, taken from OpenCC's tables and the two standards."""

    simplified_of: dict[str, str]  # characters that traditional to simplified changes
    traditional_of: dict[str, str]  # characters that simplified to traditional changes
    traditional_only: frozenset[str]  # of these, what GB 2312 lacks: 著 and 乾 are in it, and prove nothing
    simplified_only: frozenset[str]  # of these, what Big5 lacks: 后, 里 and 台 are in it, and prove nothing


@cache
def characters() -> Characters:
    """Built once per process, in about 0.1 s."""
    simplified, traditional = _changed("t2s"), _changed("s2t")
    return Characters(
        simplified,
        traditional,
        frozenset(c for c in simplified if c not in traditional and not _in("gb2312", c)),
        frozenset(c for c in traditional if c not in simplified and not _in("big5", c)),
    )


def script_of(lines: Iterable[str]) -> Script:
    """Of a page. Text without a character of either script alone counts as simplified."""
    whole = "".join(lines)
    if not _traditional().search(whole):
        return "hans"
    share = traditional_share(whole)
    if share is None or share < SIMPLIFIED_BELOW:
        return "hans"
    return "mixed" if share < MIXED_BELOW else "hant"


def traditional_share(text: str) -> float | None:
    """None where no character tells."""
    known = characters()
    traditional = sum(map(known.traditional_only.__contains__, text))
    total = traditional + sum(map(known.simplified_only.__contains__, text))
    return traditional / total if total else None


def simplify(text: str, script: Script) -> str:
    """One line of a page in `script`, simplified, of the same length.

    OpenCC's tw2s: on machine-converted pages 0 errors in 5,359 Han, where t2s leaves every 隨著. It must not
    see simplified text (显著 becomes 显着), so a line that is simplified itself stays, and in a line that
    mixes both only what is traditional without doubt changes.

    >>> simplify("隨著催收問題的出現", "hant"), simplify("作用显著", "hans")
    ('随着催收问题的出现', '作用显著')
    """
    if script == "hans" or text.isascii():
        return text
    return _remembered(text, script) if len(text) <= LONGEST else _simplified(text, script)


def _simplified(text: str, script: Script) -> str:
    share = traditional_share(text)
    if share is None:
        return _accounts(text, _converted(text)) if script == "hant" else text
    if share < SIMPLIFIED_BELOW:
        return text
    return _accounts(text, _certain_only(text) if share < MIXED_BELOW else _converted(text))


@lru_cache(maxsize=LINES)
def _remembered(text: str, script: Script) -> str:
    """Half of a farm's lines stand on other pages of it, too."""
    return _simplified(text, script)


def _accounts(text: str, converted: str) -> str:
    """帳 is 账 in 帳戶 and 轉帳, and 帐 of tents and curtains; OpenCC knows only the second.

    Left alone: 蚊帳, 帳篷, and a 帐户 that the page itself wrote so.
    """
    if "帳" not in text:
        return converted
    said = ACCOUNT.sub("账", converted)
    return "".join(b if a == "帳" else c for a, b, c in zip(text, said, converted, strict=True))


def _certain_only(text: str) -> str:
    known = characters()
    return "".join(known.simplified_of[c] if c in known.traditional_only else c for c in text)


def _converted(text: str) -> str:
    """Character by character where OpenCC's phrases would change the length."""
    converted: str = _converter("tw2s").convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(out if len(out := _converter("tw2s").convert(char)) == 1 else char for char in text)


@cache
def _traditional() -> re.Pattern[str]:
    """Any character that is traditional only: four pages of five hold none, and need no counting."""
    return re.compile("[" + "".join(sorted(characters().traditional_only)) + "]")


@cache
def _converter(name: str) -> opencc.OpenCC:
    """One per process: threads gain nothing, and building takes up to 75 ms."""
    return opencc.OpenCC(name)


def _changed(name: str) -> dict[str, str]:
    converted = _converter(name).convert("\n".join(HAN)).split("\n")
    return {a: b for a, b in zip(HAN, converted, strict=True) if a != b and len(b) == 1}


def _in(charset: str, char: str) -> bool:
    try:
        char.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
