"""Practices of collection, sentence by sentence, and whom they are attributed to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from pipeline.findings.actors import acting, clause_end, clause_start
from pipeline.findings.alternatives import AnyOf
from pipeline.findings.assertion import CueView, Judge, Verdict
from pipeline.findings.definitions import NEVER
from pipeline.findings.layout import Sentence, split
from pipeline.findings.model import COUNTED
from pipeline.findings.people import masked, masks
from pipeline.findings.sieve import REMEMBERED, Cued, Mask
from pipeline.findings.spans import Spans
from pipeline.findings.taxonomy import NAMED, PracticeCue
from pipeline.findings.uncued import Felt, Uncued
from pipeline.records import Attribution, Edit, Field, Mention, Practice

# Kinds of edits that bring back nothing but the page's own words; of misaligned bytes only what is certain is
# so, for in the others a byte was lost and its character inferred.
NOT_RESTORED = ("annotation", "misread")
INFERRED_UNLESS_CERTAIN = ("misalignment",)
LEARNT = "+learnt"  # behind the rule of a practice that no cue names


def is_restoration(edit: Edit) -> bool:
    """Whether words stand there that the page itself does not show."""
    if edit.kind in INFERRED_UNLESS_CERTAIN:
        return edit.confidence != "certain"
    return edit.kind not in NOT_RESTORED


@dataclass(frozen=True, slots=True)
class Known:
    """What of the article bears on its practices."""

    article_id: str
    actors: Mapping[Field, Spans[Mention]]  # platforms that may act; a channel does not
    restored: Mapping[Field, Spans[Edit]]
    subject: str | None  # its only subject; None where there are several or none
    disputed: bool = False  # title and text name different platforms: it supports no allegation
    about_some: bool = True  # a platform is its subject, be it one of several
    to_lenders: bool = False  # its advice is for those who collect
    on_topic: bool = True  # somebody lends there: it holds loan words enough, or one and a platform
    of_topic: bool = True  # and it is about that all through: a long essay holds a loan word or two
    text: str = ""  # where people may be named in full
    swindled: Callable[[], bool] = bool  # whether it warns of those who only say that they are a platform's


@dataclass(frozen=True, slots=True)
class Seen:
    """A cue in its sentence, before it is judged."""

    sentence: Sentence
    practice_id: str
    match: re.Match[str]
    view: CueView
    learnt: bool = False  # no cue stands there: its clause does

    @property
    def start(self) -> int:
        """Where it begins in its field."""
        return self.sentence.start + self.match.start()


@dataclass(frozen=True, slots=True)
class Context:
    """A sentence as it is judged, and what its line told before it."""

    text: str  # people who are named in full are masked
    carried: bool = False  # the sentence before reports something
    passage: bool = False  # one of those before does, or names somebody who may
    story: bool = False  # the paragraph above does
    told: bool = False  # none of these, but what stands before it has somebody to whom things happen
    quoted: bool = False  # it is what somebody says who is named behind it


class Cue(NamedTuple):
    """A kind of practice and where it stands in its sentence: by a cue, else the clause that tells it."""

    kind: PracticeCue
    match: re.Match[str]
    learnt: bool = False


@dataclass(frozen=True)
class Practices:
    """Cues and the judge of how they are asserted; `topical`: cues that count only where somebody lends."""

    kinds: Cued[PracticeCue]
    judge: Judge
    topical: Mask = 0
    uncued: Uncued | None = None

    def __call__(self, said: Sequence[Sentence], known: Known) -> Iterator[Practice]:
        told: Seen | None = None  # the last that is alleged
        for seen in self.cues(said, known):
            verdict = self._verdict(seen, known)
            if told and told.sentence is seen.sentence and self.judge.goes_on(told.view, seen.view, verdict):
                verdict = Verdict("alleged", "joined")
            told = seen if verdict.assertion == "alleged" else told
            yield self._practice(seen, known, verdict)

    def _verdict(self, seen: Seen, known: Known) -> Verdict:
        verdict = self.judge.judged(seen.view)
        if verdict.assertion in COUNTED and known.swindled():
            return Verdict("generic", "swindle")
        return verdict

    def cues(self, said: Sequence[Sentence], known: Known) -> Iterator[Seen]:
        """Each practice as it is judged: those that cues name, and those that are told without one."""
        names: dict[str, str] | None = None
        asked = self.kinds.cues.mask & ~(0 if known.on_topic else self.topical)
        for sentence, felt in zip(said, self._felt(said, known), strict=True):
            may = sentence.may & asked
            cues = self._held(sentence.text, may) if may else []
            cues = self._with(cues, felt) if felt else cues
            if cues := [cue for cue in cues if _stands(cue, sentence, known)]:
                if names is None:  # most texts hold no cue, and need not be looked through
                    names = masks(known.text, self.judge.words, known.actors["text"])
                context = self._context(sentence, names)
                for cue in cues:
                    view = self._view(sentence, cue, known, context)
                    yield Seen(sentence, cue.kind.kind.practice_id, cue.match, view, cue.learnt)

    def asks_all(self, known: Known) -> bool:
        """Whether sentences without any cue may hold one as well: `said` has to hold them all."""
        return self.uncued is not None and known.of_topic

    def _felt(self, said: Sequence[Sentence], known: Known) -> list[Felt | None]:
        """What the model makes of each sentence; headings and titles only name what is told elsewhere."""
        felt = list[Felt | None]([None] * len(said))
        if self.uncued is None or not self.asks_all(known):
            return felt
        asked = [at for at, one in enumerate(said) if one.field == "text" and not one.heading]
        for at, one in zip(asked, self.uncued([said[at].text for at in asked]), strict=True):
            felt[at] = one
        return felt

    def _with(self, cues: Sequence[Cue], felt: Felt) -> list[Cue]:
        """Cues that the model does not doubt, and what it is sure of without one."""
        assert self.uncued is not None
        kept = [cue for cue in cues if not self.uncued.doubts(cue.kind.kind.practice_id, felt)]
        named = {cue.kind.kind.practice_id for cue in kept}
        others = (one for one in felt.sure if one.practice_id not in named)
        return sorted(
            [*kept, *(Cue(self._of_id[one.practice_id], one.clause, True) for one in others)], key=_place
        )

    @cached_property
    def _of_id(self) -> dict[str, PracticeCue]:
        return {kind.kind.practice_id: kind for kind in self.kinds.kinds}

    def _context(self, sentence: Sentence, names: Mapping[str, str]) -> Context:
        text = masked(sentence.text, names)
        if sentence.heading:
            return Context(text)
        above, farther = sentence.above()
        story = any(map(self.judge.tells, split(masked(above, names))))
        quoted = any(map(self.judge.reports, split(masked(sentence.behind, names))[:1]))
        earlier = [] if sentence.opens_line else split(masked(sentence.before, names))
        announced = earlier if self.judge.lists(text) else earlier[-1:]
        carried = not sentence.advice and any(map(self.judge.reports, announced))
        passage = any(map(self.judge.tells, earlier))
        stand = (sentence.before, above, farther)
        told = not (carried or passage or story or quoted) and self._has_somebody(stand, names)
        return Context(text, carried, passage, story, told, quoted)

    def _has_somebody(self, stand: Iterable[str], names: Mapping[str, str]) -> bool:
        return any(any(map(self.judge.has_somebody, split(masked(said, names)))) for said in stand)

    @cached_property
    def _held(self) -> Callable[[str, Mask], list[Cue]]:
        return lru_cache(maxsize=REMEMBERED)(self._cues)

    def _cues(self, text: str, may: Mask) -> list[Cue]:
        """One cue a kind, the first that is no part of a longer one of another kind."""
        tried = [(kind, cue, match) for kind, cue in self.kinds.among(may) if (match := cue.search(text))]
        matches = [match for _, _, match in tried]
        kept = []
        for kind, cue, first in tried:
            match = first if kind.stands else _apart(cue, first, matches)
            if match:
                kept.append(Cue(kind, match))
        return sorted(kept, key=_place)

    def _practice(self, seen: Seen, known: Known, verdict: Verdict) -> Practice:
        sentence, match = seen.sentence, seen.match
        start = seen.start
        named = _named(known.actors[sentence.field], sentence, start)
        if known.to_lenders and verdict.assertion == "advice":
            verdict = Verdict("generic", "lender-guide")
        platform, attribution = self._attributed(seen, named, known, verdict)
        return Practice(
            known.article_id,
            seen.practice_id,
            platform,
            sentence.field,
            start,
            sentence.start + match.end(),
            match.group(),
            sentence.start,
            sentence.end,
            verdict.assertion,
            attribution,
            verdict.rule + LEARNT if seen.learnt else verdict.rule,
            known.restored[sentence.field].touches(sentence.start, sentence.end),
        )

    def _view(self, sentence: Sentence, cue: Cue, known: Known, context: Context) -> CueView:
        kind, match, learnt = cue
        named = known.actors[sentence.field].within(sentence.start, sentence.end)
        names = tuple((m.char_start - sentence.start, m.char_end - sentence.start) for m in named)
        of_lender = kind.of_lender or self.judge.actors.collects.search(context.text) is not None
        return CueView(
            context.text,
            match.start(),
            match.end(),
            sentence.heading,
            sentence.advice,
            acting(context.text, tuple(start for start, _ in names), self.judge.actors),
            kind.kind.practice_id,
            names,
            known.subject is not None,
            of_lender,
            bool(names) or (known.about_some and of_lender),
            context.carried,
            context.passage,
            context.story,
            context.told,
            context.quoted,
            sentence.residue,
            learnt,
        )

    def _attributed(
        self, seen: Seen, named: str | None, known: Known, verdict: Verdict
    ) -> tuple[str | None, Attribution]:
        """To the document's subject only what is said of those who collect for it, or none else can do.

        Of a page that is about one in its title and another in its text nobody knows whom it accuses.
        """
        if known.disputed and verdict.assertion == "alleged":
            return None, "none"
        if named is not None:
            return named, "direct"
        said = verdict.assertion in ("alleged", "claimed-practice", "negated")
        if said and known.subject and seen.view.of_lender:
            return known.subject, "document"
        return None, "none"


def _stands(cue: Cue, sentence: Sentence, known: Known) -> bool:
    """Whether what stands around it leaves it what it is."""
    if cue.learnt and not cue.kind.told.search(sentence.text):
        return False
    unless = cue.kind.unless
    return unless is NEVER or unless.search(_clause(cue.match, sentence, known)) is None


def _clause(match: re.Match[str], sentence: Sentence, known: Known) -> str:
    """The clause or clauses that it stands in, with NAMED for the platforms that are named there."""
    start, end = clause_start(sentence.text, match.start()), clause_end(sentence.text, match.end())
    said, at = "", start
    for mention in known.actors[sentence.field].within(sentence.start + start, sentence.start + end):
        said += sentence.text[at : mention.char_start - sentence.start] + NAMED
        at = mention.char_end - sentence.start
    return said + sentence.text[at:end]


def _place(cue: Cue) -> tuple[int, int, str]:
    return cue.match.start(), cue.match.end(), cue.kind.kind.practice_id


def _apart(cue: AnyOf, match: re.Match[str] | None, others: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """This match or a later one; 高额利息拆分为服务费，年化远超上限 speaks of high rates behind the fees."""
    while match and any(_within(match, other) for other in others):
        match = cue.search(match.string, match.end())
    return match


def _within(inner: re.Match[str], outer: re.Match[str]) -> bool:
    longer = outer.end() - outer.start() > inner.end() - inner.start()
    return longer and outer.start() <= inner.start() and inner.end() <= outer.end()


def _named(actors: Spans[Mention], sentence: Sentence, cue_start: int) -> str | None:
    """The platform named last before the cue in its sentence, else first after it."""
    before = actors.within(sentence.start, cue_start + 1)
    chosen = before[-1:] or actors.within(cue_start, sentence.end)[:1]
    return chosen[0].platform_id if chosen else None
