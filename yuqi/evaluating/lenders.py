"""Lenders that the marked pages invent: known while these train, as real ones are where pages are read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.evaluate.practised import PracticePage
from yuqi.samples.definitions import platform_entry, quoted
from yuqi.samples.library import lenders

_NAME = re.compile(
    "小?样样?[一-鿿]{1,2}?"
    "(?:消费金融|小额贷款|农商行|信用卡|金融|消金|小贷|网贷|车贷|信贷|贷|分期|钱包|银行|租赁|租机|金|花|宝|融|借)"
    "|小样[花贷金融]|样样[花贷金借]"
)
# 这样花钱: behind these a name would begin in another word.
_NOT_AFTER = ", ".join(map(quoted, ("怎", "这", "那", "一", "同", "多", "各", "模", "什么")))


def gazetteer_of(pages: Iterable[PracticePage]) -> str:
    """Entries of platforms.toml for names that hold 样, in order; the samples' own are left to them.

    >>> print(gazetteer_of([PracticePage("r", "样渔贷逾期", ())]).splitlines()[3])
    name = "样渔贷"
    """
    held = {alias for lender in lenders() for alias in lender.aliases}
    found = {name for page in pages for name in _NAME.findall(f"{page.title}\n{page.text}")}
    return "".join(map(_platform, sorted(found - held)))


def _platform(name: str) -> str:
    number = "-".join(f"{ord(letter):x}" for letter in name)
    alias = f"{{ text = {quoted(name)}, not_after = [{_NOT_AFTER}] }}"
    return platform_entry(f"marked-{number}", name, [alias])
