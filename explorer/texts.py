"""What the pages say, in both languages; the words are data in texts.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

Said = Mapping[str, Mapping[str, Mapping[str, str]]]


@cache
def _texts() -> Said:
    return tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))


def say(lang: str, group: str, key: str, **values: object) -> str:
    return _texts()[group][key][lang].format(**values)


def said_of(lang: str, group: str, key: str | None) -> str:
    """The label of an id, or the id itself where it has none."""
    return _texts()[group].get(key or "", {}).get(lang, key or "")


def headings(lang: str) -> dict[str, str]:
    """Column → heading, of those that only the explorer has."""
    return {column: said[lang] for column, said in _texts()["column"].items()}
