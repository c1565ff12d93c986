"""Copies of one text, and which of their sentences are versions of one another."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pipeline.copies.folds import Folds
from pipeline.records import Mention

GRAM = 3  # letters that are compared together, as where copies are found
# Of a sentence's grams that stand in one other sentence. Of two versions with every fifth word replaced three
# in four keep .35 (pipeline.copies.marked, where the same question is asked of a whole corpus).
LEAST_SHARE = 0.35
LEAST_GRAMS = 3  # fewer are chance
CLASHING = 0.2  # of the copies say two different sentences under one number: they are two, not versions
SHORTEST_KEY = 2  # one letter is no sentence


class Sentence(NamedTuple):
    """A sentence of a text and its masked key."""

    char_start: int
    char_end: int
    key: str


@dataclass(frozen=True)
class Copy:
    """An article that tells a group's text, in sentences; `names` are those in the text, in its order.

    `stands`: for its story. Others are guests: of the pages without a known subject, all in one story.
    """

    article_id: str
    title: str
    text: str
    sentences: tuple[Sentence, ...]
    names: tuple[Mention, ...]
    stands: bool
    is_known: bool  # a known platform is its subject
    folds: Folds

    def names_in(self, start: int, end: int) -> Sequence[Mention]:
        return self.names[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    @cached_property
    def _starts(self) -> list[int]:
        return [name.char_start for name in self.names]


class Version(NamedTuple):
    """One copy's wording of a sentence; `at` is its place among the copy's sentences."""

    copy: int
    at: int
    sentence: Sentence


Column = tuple[Version, ...]  # versions of one sentence, at most one a copy, in the order of the copies


def columns_of(copies: Sequence[Copy]) -> list[Column]:
    """The sentences of a group, those of the first copies first; one that a copy says twice counts once.

    Lines like 借款人的还款计划 and 借款人的担保义务 pass for versions of one another: where copies say two
    different sentences under one number, each key is a sentence.
    """
    known = _Known()
    held: defaultdict[int, list[Version]] = defaultdict(list)
    for copy, told in enumerate(copies):
        for at, sentence in enumerate(told.sentences):
            if len(sentence.key) >= SHORTEST_KEY:
                held[known.number(sentence.key)].append(Version(copy, at, sentence))
    return [column for versions in held.values() for column in _apart(versions)]


class _Known:
    """Sentences by number: a key is what has it, else what most of its grams stand in, else new."""

    def __init__(self) -> None:
        self._keys: dict[str, int] = {}
        self._grams: dict[str, int] = {}

    def number(self, key: str) -> int:
        found = self._keys.get(key)
        if found is None:
            grams = {key[at : at + GRAM] for at in range(len(key) - GRAM + 1)}
            found = self._version(grams) or len(self._keys) + 1
            self._keys[key] = found
            for gram in grams:
                self._grams.setdefault(gram, found)
        return found

    def _version(self, grams: set[str]) -> int | None:
        hits = Counter(map(self._grams.get, grams))
        del hits[None]
        if not hits:
            return None
        best = min(hits, key=lambda number: (-hits[number], number or 0))
        return best if hits[best] >= max(LEAST_GRAMS, LEAST_SHARE * len(grams)) else None


def _apart(versions: Sequence[Version]) -> Iterator[Column]:
    said = {(version.copy, version.sentence.key) for version in versions}
    copies = {version.copy for version in versions}
    if len(said) - len(copies) < CLASHING * len(copies):
        yield _once(versions)
        return
    by_key: defaultdict[str, list[Version]] = defaultdict(list)
    for version in versions:
        by_key[version.sentence.key].append(version)
    yield from map(_once, by_key.values())


def _once(versions: Sequence[Version]) -> Column:
    """The first of each copy."""
    first: dict[int, Version] = {}
    for version in versions:
        first.setdefault(version.copy, version)
    return tuple(first.values())
