"""Pages that answer 200 and say that there is nothing, and addresses to which missing pages lead. Pure."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

_WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
MISSING_TITLE: frozenset[str] = frozenset(_WORDS["missing_title"])
MISSING_TEXT: tuple[str, ...] = tuple(_WORDS["missing_text"])
SOFT_404_CHARS = 300  # visible text of a page that says only that there is nothing
TITLE_ENDS = re.compile(r"\s*[-_|–—!！。.,，]")  # what a page says, before the name of its site
NOWHERE = re.compile(r"/?(?:(?:index|default|404|error|not-?found)(?:\.\w+|/)?)?", re.IGNORECASE)


def says_missing(title: str, text: str) -> bool:
    """A soft 404: the title says so, or the little text there is."""
    if TITLE_ENDS.split(title, maxsplit=1)[0].rstrip() in MISSING_TITLE:
        return True
    said = " ".join(text.split()).lower() if len(text) <= SOFT_404_CHARS else ""
    return any(mark in said for mark in MISSING_TEXT)


def is_nowhere(url: str) -> bool:
    """A home page, or one whose name says that it stands for missing ones.

    >>> is_nowhere("http://example.com/"), is_nowhere("http://example.com/404.html")
    (True, True)
    >>> is_nowhere("http://example.com/a/404.html")
    False
    """
    parts = urlsplit(url)
    return not parts.query and NOWHERE.fullmatch(parts.path) is not None
