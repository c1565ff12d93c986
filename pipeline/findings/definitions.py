"""Reading what people wrote into a topic's tables: every mistake is named by file and entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.definitions import DefinitionError, refuse_unknown_keys
from pipeline.findings.alternatives import AnyOf
from pipeline.topic import Topic

NEVER = re.compile(r"(?!)")
# `.{0,4}` and the like are enough for cues; what can repeat without end, or repeat a group, can be made slow
# by a hostile page. 60 is the longest gap that any cue of the first topic needs, with room.
MAX_REPEAT = 60
_UNBOUNDED = re.compile(r"[*+]|\{\d+,\}")
_REPEATED_GROUP = re.compile(r"\)\{")
_REPEAT = re.compile(r"\{(?:\d+,)?(\d+)\}")
_ESCAPED = re.compile(r"\\.")
_CLASS = re.compile(r"\[\^?\]?[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a topic a mistake stands, as its message names it."""

    file: str
    entry: str = ""

    def error(self, said: str) -> DefinitionError:
        return DefinitionError(": ".join(part for part in (self.file, self.entry, said) if part))

    def at(self, entry: str) -> Place:
        return Place(self.file, entry)

    def keys(self, row: Mapping[str, Any], required: Iterable[str], optional: Iterable[str] = ()) -> None:
        """Refuses missing and unknown keys."""
        missing = [key for key in required if key not in row]
        if missing:
            raise self.error(f"`{missing[0]}` is missing")
        file = Path(f"{self.file}: {self.entry}" if self.entry else self.file)
        refuse_unknown_keys(file, dict(row), (*required, *optional))

    def string(self, row: Mapping[str, Any], key: str) -> str:
        value = row.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"`{key}` must be a text that is not empty")
        return value

    def optional(self, row: Mapping[str, Any], key: str) -> str | None:
        return self.string(row, key) if key in row else None

    def strings(self, row: Mapping[str, Any], key: str) -> tuple[str, ...]:
        value = row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(part, str) and part for part in value):
            raise self.error(f"`{key}` must be a list of texts that are not empty")
        return tuple(value)

    def number(self, row: Mapping[str, Any], key: str) -> int:
        value = row.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.error(f"`{key}` must be a whole number")
        return value

    def flag(self, row: Mapping[str, Any], key: str) -> bool:
        value = row.get(key, False)
        if not isinstance(value, bool):
            raise self.error(f"`{key}` must be true or false")
        return value

    def table(self, row: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        """No entry is an empty one."""
        value = row.get(key, {})
        if not isinstance(value, dict):
            raise self.error(f"`{key}` must be a table")
        return value

    def tables(self, row: Mapping[str, Any], key: str) -> tuple[Mapping[str, Any], ...]:
        value = row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
            raise self.error(f"`{key}` must be a list of tables")
        return tuple(value)

    def pattern(self, row: Mapping[str, Any], key: str) -> re.Pattern[str]:
        """One alternation of a list of regular expressions; an empty list never matches."""
        return any_of(self, self.strings(row, key))

    def cues(self, row: Mapping[str, Any], key: str) -> AnyOf:
        """The same, each of them by itself."""
        return AnyOf(tuple(re.compile(guarded(self, pattern)) for pattern in self.strings(row, key)))


def topic_table(topic: Topic, stem: str) -> tuple[Place, dict[str, Any]]:
    place = Place(topic.file(stem))
    if stem not in topic.tables:
        raise place.error("the topic has no such file")
    return place, topic.tables[stem]


def any_of(place: Place, patterns: Iterable[str]) -> re.Pattern[str]:
    checked = [guarded(place, pattern) for pattern in patterns]
    return re.compile("|".join(f"(?:{pattern})" for pattern in checked)) if checked else NEVER


def guarded(place: Place, pattern: str) -> str:
    """The pattern, if it compiles and cannot be made slow."""
    try:
        re.compile(pattern)
    except re.error as error:
        raise place.error(f"`{pattern}` is no regular expression: {error}") from error
    bare = _CLASS.sub("c", _ESCAPED.sub("e", pattern))
    if _UNBOUNDED.search(bare) or _REPEATED_GROUP.search(bare):
        raise place.error(
            f"`{pattern}` repeats without bound or repeats a group; write {{0,20}} after one character"
        )
    if any(int(most) > MAX_REPEAT for most in _REPEAT.findall(bare)):
        raise place.error(f"`{pattern}` repeats more than {MAX_REPEAT} times")
    return pattern
