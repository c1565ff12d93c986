"""Names on no list that stand once, known by an end that only lenders have: 成都银行, 极融小贷.

What stands before the end must be somebody's name: no common word but a place's or a person's, nothing
that counts or points. So 多家银行 and 其他小贷 are left alone, as 幸福消金 is, which costs less than to
suggest them. An end that other words have as well (贷, 分期) says less: there no word of the dictionary may
stand before it but a name (农机贷 is a kind of loan), and a cue behind it, or the name twice. Such a name is
weaker evidence than one that stands twice by itself, and the report lists it below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from pipeline.findings.alike import INSIDE, LEAST_HITS, LONGEST
from pipeline.findings.met import Met
from pipeline.findings.runs import READ, Places, Scene
from pipeline.findings.tokens import cut, is_common, is_ordinary, on_word_boundaries, part_of_speech

SHORTEST_STEM, LONGEST_STEM = 2, 6  # before the end: of the first topic's names nine in ten
# 这 一 家 在 和 的 上 吗: in names only by chance.
POINTS = frozenset({"r", "m", "q", "p", "c", "u", "f", "y"})
# But behind another word these are a name's own: 道 of 丰道, 中 of 深圳中融
INNER = frozenset({"m", "q", "f"})
STANDS_IN = re.compile(r"[某×*XxＸ]")  # 某某银行, XX小贷: for a name that is not said
MAX_ENDS = 200  # places of one field that are looked at; a farm page has some 30
_HAN = re.compile("[一-鿿]")


@dataclass(frozen=True)
class Once:
    """`kinds`: ends of names that say what they are; `ends`: that do so beside a cue, or twice.

    `before`: what names stand behind.
    """

    kinds: tuple[str, ...]
    ends: tuple[str, ...]
    before: tuple[str, ...]
    grammar: Set[str]  # characters that no name holds

    @cached_property
    def end(self) -> re.Pattern[str]:
        every = sorted((*self.kinds, *self.ends), key=len, reverse=True)
        return re.compile("|".join(map(re.escape, every)))

    def __call__(self, scene: Scene) -> dict[str, Places]:
        """By the word, where it stands first and how often."""
        words: dict[str, Places] = {}
        for met in scene.met if self.kinds or self.ends else ():
            cues = {start: index for index, start, _ in met.after_names}
            for start, end in self._spans(met, scene):
                places = words.setdefault(met.text[start:end], Places((met.field, start, end)))
                places.hits += 1
                behind = end + met.text.startswith("的", end)
                if behind in cues:
                    places.cues.add(cues[behind])
        return {word: places for word, places in words.items() if self._is_told(word, places)}

    def _is_told(self, word: str, places: Places) -> bool:
        return word.endswith(self.kinds) or places.hits >= LEAST_HITS or bool(places.cues)

    def _spans(self, met: Met, scene: Scene) -> Iterator[tuple[int, int]]:
        """Of all that ends in one place the shortest that is a name: 极融小贷 of 我用极融小贷."""
        text = met.text[:READ]
        for match in islice(self.end.finditer(text), MAX_ENDS):
            for start in range(match.start() - SHORTEST_STEM, match.start() - LONGEST_STEM - 1, -1):
                if start < 0 or text[start] in INSIDE or not text[start].isalnum():
                    break
                if self._begins(text, start) and self._is_name(text, start, match):
                    if scene.is_free(met.field, start, match.end()):
                        yield start, match.end()
                    break

    def _begins(self, text: str, start: int) -> bool:
        """Where a clause does, or behind one of the words that names stand behind."""
        opens = start == 0 or not text[start - 1].isalnum()
        return opens or text.endswith(self.before, max(0, start - LONGEST), start)

    def _is_name(self, text: str, start: int, match: re.Match[str]) -> bool:
        stem = text[start : match.start()]
        told = (
            not stem.endswith(self.kinds) and len(_HAN.findall(stem)) >= SHORTEST_STEM and len(set(stem)) > 1
        )
        if not (told and stem.isalnum() and self.grammar.isdisjoint(stem)) or STANDS_IN.search(stem):
            return False
        are_names, are_no_words = _read(stem)
        named = are_names and (are_no_words or match.group() in self.kinds)
        return named and on_word_boundaries(text, start, match.end(), match.start())


@lru_cache(maxsize=4096)  # the same words stand before an end on every page
def _read(stem: str) -> tuple[bool, bool]:
    """Whether it is made of names, and of no word that is none."""
    words = cut(stem)
    return _are_names(words), _are_no_words(words)


def _are_names(words: Sequence[str]) -> bool:
    """No word of two characters that is a common one, no single one that counts or points."""
    return not any(
        is_common(word) if len(word) > 1 else part_of_speech(word) in (POINTS - INNER if at else POINTS)
        for at, word in enumerate(words)
    )


def _are_no_words(words: Iterable[str]) -> bool:
    """None of two characters that the dictionary has as anything but a name."""
    return not any(len(word) > 1 and is_ordinary(word) for word in words)
