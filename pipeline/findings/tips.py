"""Advice to those who owe: sub-sections, labelled items, and free sentences that give a canonical tip."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from pipeline.findings.addressee import Addressee
from pipeline.findings.alternatives import AnyOf
from pipeline.findings.cues import Cues
from pipeline.findings.layout import Part, Sentence
from pipeline.findings.screened import REMEMBERED
from pipeline.findings.sieve import Cued, Sieve
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
    at: int  # where the words stand that name it: a place that gives several names one first
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Tips:
    """Cues of the canonical tips, and the words that tell whom a sentence addresses."""

    kinds: Cued[TipCue]
    cues: Cues
    sieve: Sieve  # of all cues

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
        for tip in sorted(given, key=lambda tip: (tip.start, tip.end, tip.at, tip.tip_id)):
            surface = article.text[tip.start : tip.end]
            yield TipSource(
                tip.tip_id, article.article_id, "text", tip.start, tip.end, surface, tip.heading, tip.rule
            )
        yield from _unlisted(article.article_id, body, given, addressee)

    def _given(self, body: Sequence[Sentence], addressee: Addressee) -> list[Given]:
        return [
            tip for part, group in groupby(body, _part) for tip in self._of_part(part, list(group), addressee)
        ]

    def _of_part(self, part: Part | None, said: Sequence[Sentence], addressee: Addressee) -> Iterator[Given]:
        held = [sentence for sentence in said if not sentence.heading]
        if part is not None and part.advice and part.level > 1 and part.heading:
            yield from self._sub_section(part.heading, held, addressee)
        else:
            for sentence in held:
                yield from self._sentence(sentence, addressee)

    def _sub_section(self, heading: str, held: Sequence[Sentence], addressee: Addressee) -> Iterator[Given]:
        """The tips that its heading names, over its sentences that advise; then what else these say."""
        ours = [sentence for sentence in held if addressee.is_borrower(sentence)]
        advising = [sentence for sentence in ours if addressee.is_modal(sentence)] or ours
        named = self._named(heading) if advising else {}
        for tip_id, at in named.items():
            yield Given(tip_id, advising[0].start, advising[-1].end, "subsection", at, heading)
        for sentence in advising:
            for given in self._sentence(sentence, addressee):
                if given.tip_id not in named:
                    yield replace(given, rule="subsection", heading=heading)

    def _named(self, heading: str) -> dict[str, int]:
        """Tips that a heading names, and where."""
        among = self.kinds.among(self.sieve.may(heading))
        found = ((kind.kind.tip_id, cue.search(heading)) for kind, cue in among)
        return {tip_id: match.start() for tip_id, match in found if match}

    def _sentence(self, sentence: Sentence, addressee: Addressee) -> Iterator[Given]:
        """A labelled item of an advising section; else each tip that a clause gives to a borrower."""
        among = self.kinds.among(sentence.may)
        if not among:
            return
        label = addressee.cues.label.match(sentence.text) if sentence.advice and sentence.opens_line else None
        promoted = [pair for pair in among if pair[0].kind.promotional and pair[1].search(sentence.text)]
        for kind, cue in promoted or among:  # an advertisement advises nothing else
            tip_id, labelled = kind.kind.tip_id, cue.search(label.group()) if label else None
            if labelled and addressee.is_borrower(sentence):
                yield Given(tip_id, sentence.start, sentence.end, "item", labelled.start())
                continue
            taken = (match for match in _matches(cue, sentence.text) if addressee.takes(sentence, match))
            if match := next(taken, None):
                yield Given(tip_id, sentence.start, sentence.end, "sentence", match.start())

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


@lru_cache(maxsize=4 * REMEMBERED)  # a sentence lets several kinds through
def _matches(cue: AnyOf, text: str) -> tuple[re.Match[str], ...]:
    return tuple(cue.finditer(text))
