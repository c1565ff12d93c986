"""Which articles of a law a citation names: 第六百七十五条, 675条, 第二百九十三条之一, 第1条至第3条."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_CITED = 20  # articles of one citation; more is a table of contents
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMBER = r"[0-9０-９]{1,4}|[零〇○一二两三四五六七八九十百千]{1,9}"
_OPENS = re.compile(
    r"[”’」』〉》>＞】）)]{0,2}"
    r"(?:[ ,，·]?(?:第[一二三四五六七]编[一-鿿]{0,6}(?=第)|(?:第[一二三四五六七]编)?[一-鿿]{1,5}[编章])"
    r"(?:第[一-鿿]{1,3}章(?:[一-鿿]{2,8}(?=第))?)?[,，]?)?"
    rf"(?:[ ]?[（(〔\[【](?!第?\s?(?:{_NUMBER})\s?条)[^（()）\n]{{0,30}}[)）〕\]】])?"
    r"(?:的|之|中|里)?(?:有关|相关)?(?:规定)?[的：:，（( ]{0,2}"
)
_ARTICLE = re.compile(  # 680条 and 第680条; 第675 of 第675、676条, whose 条 stands behind the last
    rf"(?P<opens>第\s?)?(?P<number>{_NUMBER})(?P<closes>\s?条)?(?:之(?P<sub>[一二三四五六七八九十]|[0-9]{{1,2}}))?"
)
_INSIDE = re.compile(rf"第\s?(?:{_NUMBER})\s?(?:条|[、，至到\-—~])")
ARTICLE_BEHIND = re.compile(  # what begins to name articles right behind a title
    rf"[”’」』〉》>＞】]?[ \u3000]?的?(?:第[ \u3000]?(?:{_NUMBER})(?:[ \u3000]?条|[、，至到\-—~])"
    r"|[0-9０-９]{1,4}[ \u3000]?条)"
)
_DIVIDED = re.compile(rf"(?:[、和及]|以及)?第\s?(?:{_NUMBER})\s?[款项目]")
_JOINS = re.compile(
    r"(?:[之的]?规定(?=[、和及与]|以及))?"
    r"(?:\s?(?P<to>至|到|(?P<dash>[-－—–~～]{1,2}))\s?|[、，,/]?\s?(?:以及|和|及|与|或)?\s?)"
)
_GOES_ON = re.compile(rf"\s?[、至到\-－—–~～/和及]\s?(?:{_NUMBER})")
LAST_SUB = 20  # 第293-1条 is a part of article 293, 第293-301条 are nine


def cited_articles(text: str, start: int, end: int) -> str | None:
    """The articles named in, or right behind, the title text[start:end]; None where there are none.

    Sub-articles as 293-1, runs as 1..3, several with commas. What stands further off may belong to anything
    else and is left alone: 根据《民法典》，借款人应遵守合同第三条.

    >>> cited_articles("《民法典》第六百七十五条、第676条规定", 0, 5)
    '675, 676'
    >>> cited_articles("《刑法》第二百九十三条之一", 0, 4)
    '293-1'
    >>> cited_articles("《民法典》第675、676至680条", 0, 5), cited_articles("《民法典》第３人", 0, 5)
    ('675, 676..680', None)
    >>> cited_articles("《刑法》第293-1条", 0, 4), cited_articles("《民法典》（第675条）", 0, 5)
    ('293-1', '675')
    """
    inside = _INSIDE.search(text, start, end)
    opens = _OPENS.match(text, end)
    at = inside.start() if inside else opens.end() if opens else end
    return "".join(_numbers(text, at)) or None


def numbered(said: str) -> list[int]:
    """The whole numbers of what `cited_articles` gave, without those of sub-articles.

    >>> numbered("1..3, 293-1")
    [1, 3, 293]
    """
    return [int(part.partition("-")[0]) for part in re.split(r", |\.\.", said)]


def _numbers(text: str, at: int) -> Iterator[str]:
    """Each with the mark that joins it to the one before; what no 条 closes is none: 第680条和3人."""
    joined, waiting, dashed, last = "", list[str](), False, 0
    for _ in range(MAX_CITED):
        article = _ARTICLE.match(text, at)
        number = han_number(article["number"]) if article else None
        if article is None or number is None or not (joined or _opens(article, text)):
            return
        sub = han_number(article["sub"]) if article["sub"] and article["closes"] else None
        if dashed and waiting and number < min(last, LAST_SUB):
            waiting[-1] += f"-{number}"
        else:
            waiting.append(f"{joined}{number}" + (f"-{sub}" if sub else ""))
        at, last = article.end(), number
        if article["closes"]:
            yield from waiting
            waiting.clear()
            while divided := _DIVIDED.match(text, at):
                at = divided.end()
        join = _JOINS.match(text, at)
        joined, at = (".." if join and join["to"] else ", "), join.end() if join else at
        dashed = bool(join and join["dash"])


def _opens(article: re.Match[str], text: str) -> bool:
    """Without 第 only digits, or hundreds: 民法典一条规定 is one rule of it."""
    number = article["number"]
    if article["opens"]:
        return True
    if article["closes"]:
        return number.isdecimal() or "百" in number[1:]
    return number.isdecimal() and _GOES_ON.match(text, article.end()) is not None


def han_number(said: str) -> int | None:
    """Below ten thousand, in digits or in Chinese numerals; None where it is no number.

    >>> [han_number(said) for said in ("六百七十五", "十二", "一千零五", "二九三", "百", "675")]
    [675, 12, 1005, 293, None, 675]
    """
    if said.isdecimal():
        return int(said)  # ６８０ as well
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
