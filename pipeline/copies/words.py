"""Patterns of many words, tried where one of them may begin."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.codes import Pairs

NOTHING = "(?!)"  # matches nowhere: what a topic without such words has


class Opened(NamedTuple):
    """A pattern that is tried only where two characters stand that may begin it.

    To try hundreds of words at each character took a quarter of the time to sign an article.
    """

    opening: Pairs
    pattern: re.Pattern[str]

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """What `pattern.finditer` gives."""
        end = len(text) if end is None else end
        at, match = start, self.pattern.match
        for place in self.opening.places(text[start:end]):
            if start + place >= at and (found := match(text, start + place, end)):
                at = found.end()
                yield found


def any_of(words: Iterable[str]) -> str:
    """Longest first. Each branch begins with another character, and a search goes from one of these to the
    next where the pattern begins with this. Empty for no words."""
    tails: dict[str, list[str]] = defaultdict(list)
    for word in sorted({word for word in words if word}, key=lambda word: (-len(word), word)):
        tails[word[0]].append(word[1:])
    branches = "|".join(re.escape(first) + _either(rest) for first, rest in sorted(tails.items()))
    return f"(?:{branches})" if branches else ""


def _either(words: Sequence[str]) -> str:
    return re.escape(words[0]) if len(words) == 1 else f"(?:{'|'.join(map(re.escape, words))})"


def one_of(characters: Iterable[str]) -> str:
    """One of these; nothing where there are none."""
    held = "".join(map(re.escape, sorted(set(characters))))
    return f"[{held}]" if held else NOTHING


def beginning(words: Iterable[str]) -> list[tuple[str, str | None]]:
    """For `Pairs`: the first two characters of these words, where each is longer than one."""
    held = [word for word in words if word]
    later = None if any(len(word) == 1 for word in held) else one_of(word[1] for word in held)
    return [(one_of(word[0] for word in held), later)]
