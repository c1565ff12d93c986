"""Where names may stand in a text: all overlapping matches, less those that their neighbours rule out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

import ahocorasick_rs

from pipeline.findings.gazetteer import NEVER_ALONE, TIERS, Alias
from pipeline.findings.tokens import is_han, on_word_boundaries

MAX_CANDIDATES = 10_000  # of one field; the gold pages name platforms 9 to 17 times, more is an attack

Match = tuple[int, int, int]  # index of the word, start, end in code points
by_start = itemgetter(1, 2, 0)
_FOLD = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


@dataclass(frozen=True, slots=True)
class Candidate:
    start: int
    end: int
    alias: Alias


@dataclass(frozen=True, slots=True)
class Frame:
    """What a name stands between that is no part of other words: 在 and 借了."""

    opens: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()

    def holds(self, text: str, start: int, end: int) -> bool:
        return text.endswith(self.opens, 0, start) and text.startswith(self.closes, end)


NO_FRAME = Frame()


@dataclass(frozen=True)
class Words:
    """A set of plain words, found with all overlaps."""

    words: tuple[str, ...]

    @cached_property
    def automaton(self) -> ahocorasick_rs.AhoCorasick:
        return ahocorasick_rs.AhoCorasick([fold(word) for word in self.words])

    def __call__(self, text: str) -> list[Match]:
        """By start."""
        return sorted(self.found(text), key=by_start)

    def found(self, text: str) -> list[Match]:
        """By end, MAX_CANDIDATES at most."""
        found = self.automaton.find_matches_as_indexes(fold(text), overlapping=True) if self.words else []
        return found[:MAX_CANDIDATES]


def places(word: str, text: str) -> Iterator[int]:
    """Where one word begins."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def fold(text: str) -> str:
    """Lower case, as far as it keeps every offset: in a text with İ, which would become two, ASCII only."""
    lowered = text.lower()  # ten times as fast as a table
    return lowered if len(lowered) == len(text) else fold_ascii(text)


def fold_ascii(text: str) -> str:
    return text.translate(_FOLD)


def candidates(
    text: str, names: Iterable[Match], aliases: Sequence[Alias], frame: Frame = NO_FRAME
) -> list[Candidate]:
    """By start, what stands at a boundary, has no forbidden neighbour and does not cut a word in two.

    Within a frame, as in 在云朵贷借了, it is no part of other words, whatever a segmenter makes of 贷借.
    """
    found = (Candidate(start, end, aliases[index]) for index, start, end in sorted(names, key=by_start))
    return [match for match in found if _may_stand(text, match, frame)]


def resolve(found: Iterable[Candidate]) -> list[Candidate]:
    """No two overlap: a clean alias beats an ambiguous one, then the longer, then the first."""
    taken: list[Candidate] = []
    covered: set[int] = set()
    for match in sorted(found, key=lambda m: (TIERS.index(m.alias.tier), m.start - m.end, m.start)):
        span = range(match.start, match.end)
        if covered.isdisjoint(span):
            covered.update(span)
            taken.append(match)
    return sorted(taken, key=lambda match: match.start)


def has_neighbour(text: str, match: Candidate) -> bool:
    """Whether one of the alias's own `only_…` neighbours stands beside it."""
    alias = match.alias
    return text.endswith(alias.only_after, 0, match.start) or text.startswith(alias.only_before, match.end)


def _may_stand(text: str, match: Candidate, frame: Frame) -> bool:
    alias = match.alias
    if _cuts_ascii(text, match.start, match.end):
        return False
    if text.endswith(alias.not_after, 0, match.start) or _leads_on(text, match) or _is_anothers(text, match):
        return False
    needs = alias.only_after or alias.only_before
    if needs and alias.tier != NEVER_ALONE and not has_neighbour(text, match):
        return False
    if not alias.token or frame.holds(text, match.start, match.end):
        return True
    return on_word_boundaries(text, match.start, match.end)


def _is_anothers(text: str, match: Candidate) -> bool:
    """Whether a maker's name stands before what many makers call so: 七彩白条."""
    alias = match.alias
    if not alias.behind or not is_han(text[match.start - 1 : match.start]):
        return False
    return not text.endswith(alias.behind, 0, match.start)


def _leads_on(text: str, match: Candidate) -> bool:
    """Whether what follows makes other words of it: 中国银行业的, but not 中信银行业务."""
    alias = match.alias
    follows = text.startswith(alias.not_before, match.end)
    return follows and not text.startswith(alias.but_before, match.end)


def _cuts_ascii(text: str, start: int, end: int) -> bool:
    """51 in 2451, 360 in 3600 or 3.60; but 2024来分期 is a year and a name."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (
        _joined(before[-1:], text[start])
        or _joined(text[end - 1], after[:1])
        or (text[start].isdigit() and _decimal(before[::-1]))
        or (text[end - 1].isdigit() and _decimal(after))
    )


def _joined(left: str, right: str) -> bool:
    both = left.isascii() and right.isascii()
    return both and ((left.isdigit() and right.isdigit()) or (left.isalpha() and right.isalpha()))


def _decimal(beside: str) -> bool:
    return len(beside) == 2 and beside[0] in ".," and beside[1].isdigit()
