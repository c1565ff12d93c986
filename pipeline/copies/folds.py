"""What copies of one text may differ in: the topic's data, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pipeline.topic import Topic

PLATFORM, NUMBER, PLACE = "※", "#", "@"  # punctuation is dropped, so these cannot be the text's own
NUMERALS = "一二三四五六七八九十百千万亿两零〇几数半"
REDACTED = r"\[[A-Z]{2,8}\]"
DIGITS = r"\d+(?:[.,:/\-－—~～]\d+)*[%％‰]?[万千百亿]*"
NUMBERING = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|\d{1,2}(?:\.\d{1,2}){0,3}[、.．)）\s])"
)


@dataclass(frozen=True)
class Folds:
    """Deleted words, word pairs, units and places of a topic; `masks.toml`."""

    deleted: tuple[str, ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    units: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @classmethod
    def of(cls, topic: Topic) -> Folds:
        table = topic.tables.get("masks", {})
        return cls(
            deleted=tuple(table.get("deleted", ())),
            same=tuple(table.get("same", {}).items()),
            units=tuple(table.get("units", ())),
            places=tuple(table.get("places", ())),
        )

    @cached_property
    def number(self) -> re.Pattern[str]:
        units = _any_of(self.units) or "(?!)"
        return re.compile(f"{REDACTED}|{DIGITS}|[{NUMERALS}]+(?={units})")

    @cached_property
    def place(self) -> re.Pattern[str]:
        return re.compile(_any_of(self.places) or "(?!)")

    @cached_property
    def words(self) -> dict[str, str]:
        return {**dict.fromkeys(self.deleted, ""), **dict(self.same)}

    @cached_property
    def word(self) -> re.Pattern[str]:
        return re.compile(_any_of(self.words) or "(?!)")


def _any_of(words: Iterable[str]) -> str:
    """Longest first; the set of first characters refuses most positions at once."""
    chosen = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    if not chosen:
        return ""
    first = "".join(re.escape(char) for char in sorted({word[0] for word in chosen}))
    return f"(?=[{first}])(?:{'|'.join(map(re.escape, chosen))})"
