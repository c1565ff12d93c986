"""What is said to people, in their language; the words are data in messages.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def _messages() -> dict[str, dict[str, dict[str, str]]]:
    path = Path(__file__).with_name("messages.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def word(lang: str, group: str, key: str, **values: object) -> str:
    return _messages()[group][key][lang].format(**values)


def facts() -> dict[str, str]:
    """Column name → what it is called in Chinese, of those that are no heading."""
    return {column: said["zh"] for column, said in _messages()["fact"].items()}


def headings(lang: str) -> dict[str, str]:
    """Column name → heading, for those that have one."""
    return {column: said[lang] for column, said in _messages()["column"].items()}
