"""What the pages say, in both languages; the words are data in texts.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

SLOT = re.compile(r"【([a-z]+)((?: \d+)?)】")  # of a skeleton: its type, and which of that type
Said = Mapping[str, Mapping[str, Mapping[str, str]]]


@cache
def _texts() -> Said:
    return tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))


def say(lang: str, group: str, key: str, **values: object) -> str:
    return _texts()[group][key][lang].format(**values)


def said_of(lang: str, group: str, key: str | None) -> str:
    """The label of an id, or the id itself where it has none."""
    return _texts()[group].get(key or "", {}).get(lang, key or "")


def slot_name(lang: str, label: str) -> str:
    """
    >>> slot_name("zh", "platform 2"), slot_name("en", "platform")
    ('平台 2', 'platform')
    """
    kind, space, place = label.partition(" ")
    return said_of(lang, "slot", kind) + space + place


def with_slots(lang: str, skeleton: str) -> str:
    """A skeleton whose slots have their names in the reader's language.

    >>> with_slots("zh", "【platform】逾期【number 2】天")
    '【平台】逾期【数字 2】天'
    """
    return SLOT.sub(lambda found: f"【{slot_name(lang, found[1] + found[2])}】", skeleton)


def headings(lang: str) -> dict[str, str]:
    """Column → heading, of those that only the explorer has."""
    return {column: said[lang] for column, said in _texts()["column"].items()}
