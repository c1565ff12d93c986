"""Names on no list between words that leave hardly anything but a name: 在云朵花借了两万, 冒充云朵花客服.

Both ends are known, so that one place is enough. Left alone: what is made of the dictionary's words alone
(在同事家借了, 从亲戚朋友借了); two characters, which are people as often (从老王借了).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from pipeline.findings.alike import INSIDE
from pipeline.findings.alternatives import AnyOf
from pipeline.findings.met import Met
from pipeline.findings.runs import READ, Places, Scene
from pipeline.findings.tokens import cut, on_word_boundaries, part_of_speech

SHORTEST, LONGEST = 3, 8  # of 776 surfaces of the first topic 83 are shorter, 4 longer
PARTICLES = frozenset(
    {"u", "ug", "uj", "ul", "uz", "ud", "uv", "p", "c", "d", "f", "m", "r", "y"}
)  # jieba's tags
MAX_FRAMES = 200  # of one field; a page has some ten


@dataclass(frozen=True)
class Framed:
    """`frames`: what stands before a name and what behind it; `no_names`: characters that no name holds."""

    frames: tuple[tuple[str, str], ...]
    no_names: frozenset[str]

    @cached_property
    def frame(self) -> AnyOf:
        """Their last group is the name."""
        name = rf"([^\W_{''.join(sorted(self.no_names | INSIDE))}]{{{SHORTEST},{LONGEST}}}?)"
        return AnyOf.of(*(f"(?:{left}){name}(?={right})" for left, right in self.frames))

    def __call__(self, scene: Scene, may_be: Callable[[str], bool]) -> dict[str, Places]:
        """By the word, where it stands first and in how many places."""
        words: dict[str, Places] = {}
        for met in scene.met if self.frames else ():
            for start, end in self._spans(met, scene):
                word = met.text[start:end]
                if word in words or (may_be(word) and is_no_phrase(word)):
                    places = words.setdefault(word, Places((met.field, start, end)))
                    places.hits += 1
                    places.cues.add(0)
        return words

    def _spans(self, met: Met, scene: Scene) -> Iterator[tuple[int, int]]:
        text = met.text[:READ]
        for match in islice(self.frame.finditer(text), MAX_FRAMES):
            start, end = match.span(match.lastindex or 0)
            if scene.is_free(met.field, start, end) and on_word_boundaries(text, start, end):
                yield start, end


@lru_cache(maxsize=4096)  # the same words stand on every page
def is_no_phrase(word: str) -> bool:
    """Whether some part of it is no word of the dictionary but a name's: 融逸花 is cut into characters.

    以前注册过 is a phrase all the same: 过 is a particle.
    """
    tags = [(len(part), part_of_speech(part)) for part in cut(word)]
    return any(tag is None or (length == 1 and tag not in PARTICLES) for length, tag in tags)
