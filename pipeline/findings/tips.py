"""Advice to those who owe: sub-sections, labelled items, and free sentences that give a canonical tip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.findings.addressee import Addressee
from pipeline.findings.cues import Cues
from pipeline.findings.layout import Part, Sentence
from pipeline.findings.spans import spans
from pipeline.findings.taxonomy import TipCue
from pipeline.records import Article, Mention, TipSource


@dataclass(frozen=True, slots=True)
class Given:
    """One tip as a page gives it."""

    tip_id: str
    start: int
    end: int
    rule: str
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Tips:
    """Cues of the canonical tips, and the words that tell whom a sentence addresses."""

    kinds: tuple[TipCue, ...]
    cues: Cues

    def __call__(
        self, article: Article, said: Sequence[Sentence], mentions: Sequence[Mention]
    ) -> Iterator[TipSource]:
        """In order of the text; a title gives no advice."""
        body = [sentence for sentence in said if sentence.field == "text"]
        addressee = Addressee(self.cues, spans(mentions, "text"))
        whole = "\n".join(sentence.text for sentence in body)
        kinds = tuple(kind for kind in self.kinds if kind.cue.search(whole))
        given = [
            tip
            for part, group in groupby(body, _part)
            for tip in _of_part(part, list(group), kinds, addressee)
        ]
        for tip in sorted(given, key=lambda tip: (tip.start, tip.end, tip.tip_id)):
            surface = article.text[tip.start : tip.end]
            yield TipSource(
                tip.tip_id, article.article_id, "text", tip.start, tip.end, surface, tip.heading, tip.rule
            )


def _part(sentence: Sentence) -> Part | None:
    return sentence.part


def _of_part(
    part: Part | None, said: Sequence[Sentence], kinds: Sequence[TipCue], addressee: Addressee
) -> Iterator[Given]:
    held = [sentence for sentence in said if not sentence.heading]
    if part is not None and part.advice and part.level > 1 and part.heading:
        yield from _sub_section(part.heading, held, kinds, addressee)
    else:
        for sentence in held:
            yield from _sentence(sentence, kinds, addressee)


def _sub_section(
    heading: str, held: Sequence[Sentence], kinds: Sequence[TipCue], addressee: Addressee
) -> Iterator[Given]:
    """The tips that its heading names, over its sentences that advise; then what else these say."""
    ours = [sentence for sentence in held if addressee.is_borrower(sentence)]
    advising = [sentence for sentence in ours if addressee.is_modal(sentence)] or ours
    named = {kind.kind.tip_id for kind in kinds if kind.cue.search(heading)} if advising else set()
    for tip_id in sorted(named):
        yield Given(tip_id, advising[0].start, advising[-1].end, "subsection", heading)
    for sentence in advising:
        for given in _sentence(sentence, kinds, addressee):
            if given.tip_id not in named:
                yield Given(given.tip_id, given.start, given.end, "subsection", heading)


def _sentence(sentence: Sentence, kinds: Sequence[TipCue], addressee: Addressee) -> Iterator[Given]:
    """A labelled item of an advising section; else each tip that a clause gives to a borrower."""
    label = addressee.cues.label.match(sentence.text) if sentence.advice and sentence.opens_line else None
    for kind in kinds:
        if label and kind.cue.search(label.group()) and addressee.is_borrower(sentence):
            yield Given(kind.kind.tip_id, sentence.start, sentence.end, "item")
        elif any(addressee.takes(sentence, match) for match in kind.cue.finditer(sentence.text)):
            yield Given(kind.kind.tip_id, sentence.start, sentence.end, "sentence")
