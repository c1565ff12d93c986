"""Advice to those who owe: sub-sections, labelled items, and free sentences that give a canonical tip."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from pipeline.findings.addressee import Addressee
from pipeline.findings.cues import Cues
from pipeline.findings.layout import Part, Sentence
from pipeline.findings.screened import REMEMBERED
from pipeline.findings.sieve import Kinds
from pipeline.findings.spans import spans
from pipeline.findings.taxonomy import TipCue
from pipeline.records import Article, Mention, TipCandidate, TipSource

ADVISING = 3  # different tips make a page one that advises, whatever its title: an answer, a broadcast


@dataclass(frozen=True, slots=True)
class Given:
    """One tip as a page gives it."""

    tip_id: str
    start: int
    end: int
    rule: str
    at: tuple[int, int]  # the words that name it: a place gives several in their order, the longer first
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Tips:
    """Cues of the canonical tips, and the words that tell whom a sentence addresses."""

    kinds: Kinds[TipCue]
    cues: Cues

    def __call__(
        self, article: Article, said: Sequence[Sentence], mentions: Sequence[Mention]
    ) -> Iterator[TipSource | TipCandidate]:
        """In order of the text, where one place gives several the one named first; then what gives none.

        A title gives no advice.
        """
        body = [sentence for sentence in said if sentence.field == "text"]
        addressee = self._addressee(article.title, body, mentions)
        given = self._given(body, addressee)
        if not addressee.page_advises and len({tip.tip_id for tip in given}) >= ADVISING:
            given = self._given(body, replace(addressee, page_advises=True))
        for tip in sorted(given, key=lambda tip: (tip.start, tip.at, tip.end, tip.tip_id)):
            surface = article.text[tip.start : tip.end]
            yield TipSource(
                tip.tip_id, article.article_id, "text", tip.start, tip.end, surface, tip.heading, tip.rule
            )
        yield from _unlisted(article.article_id, body, given, addressee)

    def _given(self, body: Sequence[Sentence], addressee: Addressee) -> list[Given]:
        return [
            tip
            for part, group in groupby(body, _part)
            for tip in _of_part(part, list(group), self.kinds, addressee)
        ]

    def _addressee(self, title: str, body: Sequence[Sentence], mentions: Sequence[Mention]) -> Addressee:
        """By its title a page advises: where no heading stands, and everywhere if no heading advises."""
        headed = any(sentence.part is not None and sentence.part.advice for sentence in body)
        return Addressee(self.cues, spans(mentions, "text"), self.advises(title), not headed)

    def advises(self, title: str) -> bool:
        """Then any of its sentences may: `said` has to hold them all."""
        words = self.cues.headings
        return words.advice.search(title) is not None and words.not_advice.search(title) is None


def _part(sentence: Sentence) -> Part | None:
    return sentence.part


def _of_part(
    part: Part | None, said: Sequence[Sentence], kinds: Kinds[TipCue], addressee: Addressee
) -> Iterator[Given]:
    held = [sentence for sentence in said if not sentence.heading]
    if part is not None and part.advice and part.level > 1 and part.heading:
        yield from _sub_section(part.heading, held, kinds, addressee)
    else:
        for sentence in held:
            yield from _sentence(sentence, kinds, addressee)


def _sub_section(
    heading: str, held: Sequence[Sentence], kinds: Kinds[TipCue], addressee: Addressee
) -> Iterator[Given]:
    """The tips that its heading names, over its sentences that advise; then what else these say."""
    ours = [sentence for sentence in held if addressee.is_borrower(sentence)]
    advising = [sentence for sentence in ours if addressee.is_modal(sentence)] or ours
    matches = [(kind.kind.tip_id, _matches(kind, heading)) for kind in kinds.kinds] if advising else []
    named = {tip_id: _at(found[0], heading) for tip_id, found in matches if found}
    for tip_id, at in named.items():
        yield Given(tip_id, advising[0].start, advising[-1].end, "subsection", at, heading)
    for sentence in advising:
        for given in _sentence(sentence, kinds, addressee):
            if given.tip_id not in named:
                yield replace(given, rule="subsection", heading=heading)


def _sentence(sentence: Sentence, kinds: Kinds[TipCue], addressee: Addressee) -> Iterator[Given]:
    """A labelled item of an advising section; else each tip that a clause gives to a borrower."""
    among = kinds.among(sentence.may)
    if not among:
        return
    label = addressee.cues.tip.label.match(sentence.text) if sentence.advice and sentence.opens_line else None
    promoted = [kind for kind in among if kind.kind.promotional and kind.cue.search(sentence.text)]
    for kind in promoted or among:  # an advertisement advises nothing else
        tip_id, labelled = kind.kind.tip_id, kind.cue.search(label.group()) if label else None
        if labelled and addressee.is_borrower(sentence):
            yield Given(tip_id, sentence.start, sentence.end, "item", _at(labelled, sentence.text))
            continue
        taken = (match for match in _matches(kind, sentence.text) if addressee.takes(sentence, match))
        offered = kind.kind.promotional and addressee.is_offer(sentence)
        if match := next(taken, None) or (kind.cue.search(sentence.text) if offered else None):
            yield Given(tip_id, sentence.start, sentence.end, "sentence", _at(match))


def _unlisted(
    article_id: str, body: Sequence[Sentence], given: Sequence[Given], addressee: Addressee
) -> Iterator[TipCandidate]:
    """Sentences of passages that advise, which tell a borrower to do what is no canonical advice."""
    spans = [(tip.start, tip.end) for tip in given]
    for sentence in body:
        if not addressee.is_passage(sentence) or any(
            start < sentence.end and sentence.start < end for start, end in spans
        ):
            continue
        if addressee.is_modal(sentence) and addressee.is_borrower(sentence):
            heading = sentence.part.heading if sentence.part else None
            yield TipCandidate(article_id, "text", sentence.start, sentence.end, sentence.text, heading)


def _at(match: re.Match[str], heading: str = "") -> tuple[int, int]:
    """What a heading or a label names comes before what the sentence under it says."""
    return match.start() - len(heading), -match.end()


@lru_cache(maxsize=4 * REMEMBERED)  # a sentence lets several kinds through
def _matches(kind: TipCue, text: str) -> tuple[re.Match[str], ...]:
    return tuple(kind.cue.finditer(text))
