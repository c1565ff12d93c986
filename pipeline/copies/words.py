"""A pattern of many words."""

from __future__ import annotations

import re
from collections.abc import Iterable

NOTHING = "(?!)"  # matches nowhere: what a topic without such words has


def any_of(words: Iterable[str]) -> str:
    """Longest first; the set of first characters refuses most positions at once. Empty for no words."""
    chosen = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    if not chosen:
        return ""
    first = "".join(re.escape(char) for char in sorted({word[0] for word in chosen}))
    return f"(?=[{first}])(?:{'|'.join(map(re.escape, chosen))})"
