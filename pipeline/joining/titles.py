"""Whether two pages bear the same title: a pager may lead to another article under a neighbouring address."""

from __future__ import annotations

import re

from pipeline.extract.words import letters

# (2), （2/3）, [第2页], and a pinyin annotation that one of the pages was too short to prove; not （二）, by
# which the articles of a series are told apart.
ASIDE = re.compile(
    r"[(（\[【][^\u3400-\u9fff()（）]{1,8}[)）\]】]|[(（\[【]?第?\s*\d{1,3}\s*[页頁][)）\]】]?"
)
NUMBER = re.compile(r"[\s_-]+\d{1,3}\s*$")


def is_same_title(one: str, other: str) -> bool:
    """
    >>> is_same_title("星蓝贷逾期怎么办？", "星蓝贷逾期怎么办?(2)")
    True
    >>> is_same_title("星蓝贷逾期怎么办（一）", "星蓝贷逾期怎么办（二）")
    False
    """
    return bool(bare := _bare(one)) and bare == _bare(other)


def _bare(title: str) -> str:
    return letters(NUMBER.sub("", ASIDE.sub("", title)))
