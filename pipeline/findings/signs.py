"""Words that tell how a practice is asserted, and where they stand about its cue: what the model reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.findings.actors import clause_end, clause_start
from pipeline.findings.definitions import Place, topic_table
from pipeline.findings.matching import Words
from pipeline.findings.sieve import REMEMBERED
from pipeline.topic import Topic

TABLE = "signs"
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)  # by identity: thousands of words are slow to compare
class Signs:
    """All words of all signs in one automaton; `means`: of each word its sign, and whether it cancels one."""

    sources: tuple[frozenset[str], ...]  # signs that together are somebody who can say that it happened
    sufferers: tuple[frozenset[str], ...]  # or somebody to whom it happens, where nobody is said to tell it
    words: Words
    means: tuple[tuple[tuple[str, bool], ...], ...]

    def __call__(self, text: str, names: Sequence[Span]) -> tuple[tuple[str, int], ...]:
        """(sign, place), by place; none inside a longer word that cancels it, nor in a platform's name."""
        return _places(self, text, tuple(names))

    def have_source(self, text: str, names: Sequence[Span]) -> bool:
        return _somebody(self, text, tuple(names))[0]

    def have_sufferer(self, text: str, names: Sequence[Span]) -> bool:
        return _somebody(self, text, tuple(names))[1]


@lru_cache(maxsize=REMEMBERED)  # what stands above a sentence stands above the next one as well
def _somebody(signs: Signs, text: str, names: tuple[Span, ...]) -> tuple[bool, bool]:
    """Whether the text has a source, and whether somebody to whom it happens."""
    said = {sign for sign, _ in signs(text, names)}
    return _hold(signs.sources, said), _hold(signs.sufferers, said)


def _hold(people: Iterable[frozenset[str]], said: Set[str]) -> bool:
    return any(one <= said for one in people)


@lru_cache(maxsize=REMEMBERED)
def _places(signs: Signs, text: str, names: tuple[Span, ...]) -> tuple[tuple[str, int], ...]:
    found = [(start, end, meant) for index, start, end in signs.words(text) for meant in signs.means[index]]
    cancelled = [(start, end, sign) for start, end, (sign, cancels) in found if cancels]
    return tuple(
        (sign, start)
        for start, end, (sign, cancels) in found
        if not cancels
        and not any(left <= start and end <= right for left, right in names)
        and not any(left <= start and end <= right and of == sign for left, right, of in cancelled)
    )


def about(text: str, cue: Span, places: Sequence[tuple[str, int]]) -> Iterator[str]:
    """Each sign and where it stands: in a clause before the cue's, before it, in it, after it, later."""
    opens, closes = clause_start(text, cue[0]), clause_end(text, cue[1])
    for sign, place in places:
        yield sign
        if place < opens:
            yield f"{sign}@earlier"
        elif place < cue[0]:
            yield f"{sign}@before"
        elif place < cue[1]:
            yield f"{sign}@cue"
        else:
            yield f"{sign}@after" if place < closes else f"{sign}@later"


def read_signs(topic: Topic) -> Signs | None:
    """None where the topic has none: then rules decide alone."""
    if TABLE not in topic.tables:
        return None
    place, table = topic_table(topic, TABLE)
    place.keys(table, ("sources", "sufferers", "sign"))
    means: dict[str, list[tuple[str, bool]]] = {}
    rows = place.tables(table, "sign")
    for row in rows:
        for word, cancels in _words(place, row):
            means.setdefault(word, []).append((str(row["id"]), cancels))
    known = {str(row["id"]) for row in rows}
    sources, sufferers = (tuple(_people(place, table, key, known)) for key in ("sources", "sufferers"))
    return Signs(sources, sufferers, Words(tuple(means)), tuple(map(tuple, means.values())))


def _people(place: Place, table: Mapping[str, Any], key: str, known: set[str]) -> Iterator[frozenset[str]]:
    said = table[key]
    for together in said if isinstance(said, list) else [said]:
        if not isinstance(together, list) or not together or not known.issuperset(together):
            raise place.error(f"`{key}` must hold lists of signs, not {together!r}")
        yield frozenset(together)


def _words(place: Place, row: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    here = place.at(f"sign `{row.get('id', '?')}`")
    here.keys(row, ("id",), ("words", "pairs", "not"))
    yield from ((word, False) for word in here.strings(row, "words"))
    for pair in row.get("pairs", []):
        if not isinstance(pair, list) or len(pair) != 2:
            raise here.error("`pairs` must hold lists of two lists")
        firsts, seconds = (here.strings({"pairs": half}, "pairs") for half in pair)
        yield from ((first + second, False) for first in firsts for second in seconds)
    yield from ((word, True) for word in here.strings(row, "not"))
