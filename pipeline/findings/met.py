"""All words of a topic that a text holds, whatever they are for: one pass over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from pipeline.findings.finder import Finder
from pipeline.findings.layout import MAX_SCANNED
from pipeline.findings.matching import MAX_CANDIDATES, Match, fold
from pipeline.findings.sieve import Mask, Sieve, Sifted
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
    """Lists of words that are sought together.

    Of the sieve's expressions `advice` is asked for only where an article holds a name or a loan word, and
    `lent` only where it holds so many different loan words, or one and a name, that somebody may lend there.
    """

    names: tuple[str, ...]
    loan_words: tuple[str, ...]
    after_names: tuple[str, ...]
    sieve: Sieve
    advice: Mask = 0
    lent: Mask = 0
    least: int = 0  # different loan words
    elsewhere: Sieve = field(init=False, repr=False)  # nobody lends and nobody is named
    beside: Sieve = field(init=False, repr=False)  # nobody lends, but somebody is named or a loan word stands
    finder: Finder = field(init=False, repr=False)
    bounds: tuple[int, ...] = field(init=False, repr=False)  # of each list its first word, then what follows

    def __post_init__(self) -> None:
        """The sieve's words first: most of what is met is theirs. All is made before any article comes."""
        plain = (self.names, self.loan_words, self.after_names)
        lists = (self.sieve.sought, *(tuple(map(fold, words)) for words in plain))
        object.__setattr__(self, "elsewhere", self.sieve.only(~(self.advice | self.lent)))
        object.__setattr__(self, "beside", self.sieve.only(~self.lent))
        object.__setattr__(self, "finder", Finder.of([*chain.from_iterable(lists)]))
        object.__setattr__(self, "bounds", tuple(accumulate(map(len, lists))))

    def __call__(self, article: Article) -> tuple[Met, Met]:
        """Of the title and of the text, as far as it is scanned."""
        title, text = self._words(article.title), self._words(article.text)
        sieve = self._asked(title, text)
        return _met("title", article.title, title, sieve), _met("text", article.text, text, sieve)

    def may(self, text: str) -> Mask:
        """The expressions of the sieve that can match in a text of its own."""
        words = self._words(text)
        return self.sieve.met(words.said, words.sieved)

    def _asked(self, *fields: _Words) -> Sieve:
        named = any(words.lists[0] for words in fields)
        loan_words = {index for words in fields for index, _, _ in words.lists[1]}
        if not named and not loan_words:
            return self.elsewhere
        lends = len(loan_words) >= self.least or (named and bool(loan_words))
        return self.sieve if lends else self.beside

    def _words(self, text: str) -> _Words:
        said, first = fold(text[:MAX_SCANNED]), self.bounds[0]
        found = self.finder(said)
        listed = [match for match in found if match[0] >= first]
        lists = tuple(_of_list(listed, *bounds) for bounds in pairwise(self.bounds))
        return _Words(said, [match for match in found if match[0] < first] if listed else found, lists)


class _Words(NamedTuple):
    """What one text holds of the sieve and of each list."""

    said: str
    sieved: list[Match]
    lists: tuple[list[Match], ...]


def _of_list(found: Sequence[Match], first: int, last: int) -> list[Match]:
    """MAX_CANDIDATES at most, numbered from the list's first word."""
    ours = [(index - first, start, end) for index, start, end in found if first <= index < last]
    return ours[:MAX_CANDIDATES]


def _met(field: Field, text: str, words: _Words, sieve: Sieve) -> Met:
    names, loan_words, after_names = words.lists
    return Met(field, text, names, loan_words, after_names, sieve.sifted(words.said, words.sieved))
