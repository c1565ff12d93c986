"""Words that stand where platforms are named and are in no gazetteer: what a person may look at, no mention.

云朵借逾期 … 云朵借的客服 … 在云朵借平台: the same word before several cues, at places where it begins. What
follows a name is known (the cues), what precedes it is not: of 在云朵借, 云朵借 and 朵借 the one is taken
that most often opens a clause or follows a word such as 在. No first character is refused: 及贷 is a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.findings.cues import Unknown
from pipeline.findings.gazetteer import Alias
from pipeline.findings.layout import MAX_SCANNED, Layout
from pipeline.findings.matching import Match, Words
from pipeline.findings.met import Met
from pipeline.findings.tokens import ordinary_words
from pipeline.records import Article, Field, Mention, NameHint

SHORTEST, LONGEST = 2, 8  # of 686 surfaces of the first topic 12 are longer
LEAST_HITS = 2  # once may be a slip of the pen
MAX_HINTS = 5  # of one article: more is a list of names, or an attack
MAX_WEIGHED = 200  # words of one article that are compared with each other
BEFORE = "在被对向与和跟于是从给把让由用但而若当因如等到及或以像叫为称将有"  # may precede a name
INSIDE = "的了是被们这那吗呢么着"  # names do not hold these
PARTICLE = "的"  # may stand between a name and a cue


@dataclass(slots=True)
class Places:
    """Where a word begins and stands before a cue: its first place, and counts."""

    place: tuple[Field, int, int]
    hits: int = 0
    cues: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Counted:
    """What stands before the cues of one article, by word; `taken`: characters of mentions in the field."""

    words: dict[str, Places] = field(default_factory=dict)

    def add(self, name: Field, text: str, found: tuple[int, int], taken: Set[int]) -> None:
        """What stands before the cue, from each place where it may begin, as far as no mention is touched."""
        cue, end = found
        for start in range(end - 1, max(-1, end - LONGEST - 1), -1):
            if start in taken or not text[start].isalnum():
                return
            before = text[start - 1 : start]
            if end - start >= SHORTEST and (not before.isalnum() or before in BEFORE):
                places = self.words.setdefault(text[start:end], Places((name, start, end)))
                places.hits += 1
                places.cues.add(cue)


@dataclass(frozen=True, slots=True)
class _Cued:
    """The cues of a text, where what stands before each ends, and the last characters of that."""

    found: Sequence[Match]
    ends: list[int]
    tails: list[str]

    def where(self, often: Counter[str]) -> list[tuple[int, int, int, int]]:
        """(start, stop, cue, end before it) by place, if a word can stand there twice: it shares its tail."""
        held = zip(self.found, self.ends, self.tails, strict=True)
        return sorted(
            (start, stop, cue, end) for (cue, start, stop), end, tail in held if often[tail] >= LEAST_HITS
        )


@dataclass(frozen=True)
class Strangers:
    """Finds the hints of one article."""

    words: Unknown
    aliases: tuple[Alias, ...]

    @cached_property
    def cues(self) -> Words:
        return Words(self.words.cues)

    @cached_property
    def endings(self) -> tuple[str, ...]:
        """What so many names of the gazetteer end in."""
        held = Counter(alias.text[-1] for alias in self.aliases if len(alias.text) > SHORTEST)
        return tuple(end for end, names in held.items() if names >= self.words.shared_ending)

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset({*self.words.ordinary, *(alias.text for alias in self.aliases)})

    def __call__(
        self, article: Article, met: Iterable[Met], layout: Layout, mentions: Sequence[Mention]
    ) -> Iterator[NameHint]:
        """The best first; nothing that overlaps a mention."""
        counted = Counted()
        cued = [(one.field, one.text[:MAX_SCANNED], _cued(one)) for one in met]
        often = Counter([tail for _, _, places in cued for tail in places.tails])
        for name, text, places in cued:
            taken = {place for m in mentions if m.field == name for place in range(m.char_start, m.char_end)}
            for _, _, cue, end in places.where(often):
                if name == "title" or layout.counts(end):
                    counted.add(name, text, (cue, end), taken)
        for word in self._chosen(counted.words, article.title):
            yield self._hint(article, word, counted.words[word])

    def _hint(self, article: Article, word: str, places: Places) -> NameHint:
        return NameHint(
            article.article_id, *places.place, word, places.hits, len(places.cues), word in article.title,
            word.endswith(self.endings),
        )  # fmt: skip

    def _chosen(self, held: dict[str, Places], title: str) -> list[str]:
        """Nothing inside another, and nothing inside what is no name: 卡分期 of 信用卡分期."""
        words = [word for word, places in held.items() if places.hits >= LEAST_HITS]
        words.sort(key=lambda word: (-held[word].hits, -len(word), word))
        chosen: list[str] = []
        met: list[str] = []
        for word in words[:MAX_WEIGHED]:
            if not any(word in other for other in met) and not any(name in word for name in chosen):
                met.append(word)
                if self._may_be(word, title):
                    chosen.append(word)
        return chosen[:MAX_HINTS]

    def _may_be(self, word: str, title: str) -> bool:
        """Ordinary words, numbers and what is known already are no hints.

        Of ordinary words a name may still be made (时光分期) if it ends as names do, the title has it, and
        some word of it is none of the topic's own: 信用卡分期 is no name.
        """
        if word in self.known or word.isdigit() or word.endswith(self.words.not_at_end):
            return False
        if any(mark in word for mark in INSIDE) or self.cues(word):
            return False
        words = ordinary_words(word)
        made = word.endswith(self.endings) and word in title and not self.known.issuperset(words)
        return not words or made


def _cued(met: Met) -> _Cued:
    text, found = met.text, met.after_names
    ends = [start - (text[start - 1 : start] == PARTICLE) for _, start, _ in found]
    return _Cued(found, ends, [text[max(0, end - SHORTEST) : end] for end in ends])
