"""Which articles of a law a citation names: 第六百七十五条, 675条, 第二百九十三条之一, 第1条至第3条."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_CITED = 20  # articles of one citation; more is a table of contents
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMBER = r"[0-9]{1,4}|[零〇○一二两三四五六七八九十百千]{1,9}"
_OPENS = re.compile(
    r"[”’」』）)]?(?:[（(][^（()）]{0,12}[)）])?(?:的|之|中|里)?(?:有关|相关)?(?:规定)?[的：: ]?"
)
_ARTICLE = re.compile(  # without 第 digits only: 民法典一条规定 is one rule of it
    rf"(?:第\s?(?P<number>{_NUMBER})|(?P<digits>[0-9]{{1,4}}))\s?条(?:之(?P<sub>[一二三四五六七八九十]|[0-9]{{1,2}}))?"
)
_DIVIDED = re.compile(rf"第\s?(?:{_NUMBER})\s?[款项目]")
_JOINS = re.compile(r"(?P<to>至|到|[-－—–~～]{1,2})|[、，,]?\s?(?:以及|和|及|与|或)?")


def cited_articles(text: str, start: int, end: int) -> str | None:
    """The articles named in, or right behind, the title text[start:end]; None where there are none.

    Sub-articles as 293-1, runs as 1..3, several with commas. What stands further off may belong to anything
    else and is left alone: 根据《民法典》，借款人应遵守合同第三条.

    >>> cited_articles("《民法典》第六百七十五条、第676条规定", 0, 5)
    '675, 676'
    >>> cited_articles("《刑法》第二百九十三条之一", 0, 4)
    '293-1'
    """
    inside = _ARTICLE.search(text, start, end)
    opens = _OPENS.match(text, end)
    at = inside.start() if inside else opens.end() if opens else end
    said = "".join(_numbers(text, at))
    return said or None


def numbered(said: str) -> list[int]:
    """The whole numbers of what `cited_articles` gave, without those of sub-articles.

    >>> numbered("1..3, 293-1")
    [1, 3, 293]
    """
    return [int(part.partition("-")[0]) for part in re.split(r", |\.\.", said)]


def _numbers(text: str, at: int) -> Iterator[str]:
    joined = ""
    for _ in range(MAX_CITED):
        article = _ARTICLE.match(text, at)
        number = han_number(article["number"] or article["digits"]) if article else None
        if article is None or number is None:
            return
        sub = han_number(article["sub"]) if article["sub"] else None
        yield f"{joined}{number}" + (f"-{sub}" if sub else "")
        at = article.end()
        while divided := _DIVIDED.match(text, at):
            at = divided.end()
        join = _JOINS.match(text, at)
        joined, at = (".." if join and join["to"] else ", "), join.end() if join else at


def han_number(said: str) -> int | None:
    """Below ten thousand, in digits or in Chinese numerals; None where it is no number.

    >>> [han_number(said) for said in ("六百七十五", "十二", "一千零五", "二九三", "百", "675")]
    [675, 12, 1005, 293, None, 675]
    """
    if said.isdecimal():
        return int(said)
    if not any(unit in said for unit in _UNITS):
        return int("".join(str(_DIGITS[digit]) for digit in said))
    total, digit = 0, None
    for character in said:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif digit is None and not (character == "十" and total == 0):
            return None
        else:
            total, digit = total + _UNITS[character] * (1 if digit is None else digit), None
    return total + (digit or 0)
