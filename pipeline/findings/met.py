"""All words of a topic that a text holds, whatever they are for: one pass over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import ahocorasick_rs

from pipeline.findings.layout import MAX_SCANNED
from pipeline.findings.matching import MAX_CANDIDATES, Match, fold
from pipeline.findings.sieve import Sieve, Sifted
from pipeline.records import Article, Field


@dataclass(frozen=True, slots=True)
class Met:
    """The words of one field, those of a list by their end; MAX_CANDIDATES of each list at most."""

    field: Field
    text: str
    names: Sequence[Match]
    loan_words: Sequence[Match]
    after_names: Sequence[Match]
    sifted: Sifted


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Lists of words that are sought together."""

    names: tuple[str, ...]
    loan_words: tuple[str, ...]
    after_names: tuple[str, ...]
    sieve: Sieve

    def __call__(self, article: Article) -> tuple[Met, Met]:
        """Of the title and of the text, as far as it is scanned."""
        return self._met("title", article.title), self._met("text", article.text)

    @cached_property
    def automaton(self) -> ahocorasick_rs.AhoCorasick:
        plain = map(fold, chain(self.names, self.loan_words, self.after_names))
        return ahocorasick_rs.AhoCorasick([*plain, *self.sieve.sought])

    @cached_property
    def owners(self) -> tuple[tuple[int, int], ...]:
        """Of each word the number of its list, and of the first word in it."""
        sizes = map(len, (self.names, self.loan_words, self.after_names, self.sieve.sought))
        owners: list[tuple[int, int]] = []
        for number, size in enumerate(sizes):
            owners += [(number, len(owners))] * size
        return tuple(owners)

    def _met(self, field: Field, text: str) -> Met:
        said, owners = fold(text[:MAX_SCANNED]), self.owners
        held: tuple[list[Match], ...] = ([], [], [], [])
        for index, start, end in self.automaton.find_matches_as_indexes(said, overlapping=True):
            number, first = owners[index]
            held[number].append((index - first, start, end))
        names, loan_words, after_names = (found[:MAX_CANDIDATES] for found in held[:3])
        return Met(field, text, names, loan_words, after_names, self.sieve.sifted(said, held[3]))
