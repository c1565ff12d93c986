"""Advice to those who owe: sub-sections, labelled items, and free sentences that give a canonical tip."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain, groupby
from typing import NamedTuple

from pipeline.findings.addressee import Addressee, Passages, Told
from pipeline.findings.cues import Cues
from pipeline.findings.layout import Part, Sentence
from pipeline.findings.learnt import NONE, UNLISTED, Learnt
from pipeline.findings.sieve import REMEMBERED, Cued, Mask
from pipeline.findings.spans import spans
from pipeline.findings.taxonomy import TipCue
from pipeline.records import Article, Mention, TipCandidate, TipSource

ADVISING = 3  # different tips make a page one that advises, whatever its title: an answer, a broadcast

LISTED = 2  # sentences that count what they say are a list

# Of the words that name it: a place gives several in their order, the longer first; a heading's are below 0.
At = tuple[int, int]
FIRST: At = (0, 0)


@dataclass(frozen=True, slots=True)
class Given:
    """One tip as a page gives it."""

    tip_id: str
    start: int
    end: int
    rule: str
    at: At
    heading: str | None = None


class Advised(NamedTuple):
    """One tip as a sentence gives it."""

    tip_id: str
    rule: str
    at: At


Said = tuple[Sentence, Told]


@dataclass(frozen=True, eq=False)
class Tips:
    """Cues of the canonical tips, and the words that tell whom a sentence addresses."""

    kinds: Cued[TipCue]
    cues: Cues
    may: Callable[[str], Mask]  # the cues that can stand in a text
    learnt: Learnt | None = None

    def __call__(
        self, article: Article, said: Sequence[Sentence], mentions: Sequence[Mention]
    ) -> Iterator[TipSource | TipCandidate]:
        """In order of the text, where one place gives several the one named first; then what gives none.

        Rules come first; the model is asked of what they leave. A title gives no advice.
        """
        body = [sentence for sentence in said if sentence.field == "text"]
        if not body:
            return
        passages = self._passages(article.title, body, mentions)
        held = self._told(body, passages)
        given = self._given(held, passages.page_advises)
        if not passages.page_advises and len({tip.tip_id for tip in given}) >= ADVISING:
            held = self._told(body, replace(passages, page_advises=True))
            given = self._given(held, titled=False)
        read = list(self._read(held, given))
        given.extend(Given(tip, one.start, one.end, "model", FIRST) for one, tip in read if tip != UNLISTED)
        for tip in sorted(given, key=lambda tip: (tip.start, tip.at, tip.end)):
            surface = article.text[tip.start : tip.end]
            yield TipSource(
                tip.tip_id, article.article_id, "text", tip.start, tip.end, surface, tip.heading, tip.rule
            )
        unlisted = {sentence.start for sentence, tip in read if tip == UNLISTED}
        yield from self._unlisted(article.article_id, held, given, unlisted)

    def _passages(self, title: str, body: Sequence[Sentence], mentions: Sequence[Mention]) -> Passages:
        """By its title a page advises: where no heading stands, and everywhere if no heading gathers advice.

        Where 怎么协商 is the title, 1. 选择还款时间 stands beside 2. 利息, and both advise.
        """
        headed = any(self._gathers(sentence.part) for sentence in body)
        return Passages(spans(mentions, "text"), self.advises(title), not headed)

    def _gathers(self, part: Part | None) -> bool:
        if part is None or not part.advice or not part.heading:
            return False
        return self.cues.tip.gathers.search(part.heading) is not None

    def _told(self, body: Sequence[Sentence], passages: Passages) -> list[Said]:
        """Items behind 您可以通过以下方式解决： stand where advice is given, up to what is no item.

        Numbered or marked lines behind 常见的原因包括： are left out: they advise nobody.
        """
        words, held, announced, warned = self.cues.tip, list[Said](), False, False
        for sentence in body:
            told = passages.told(sentence)
            if sentence.opens_line:
                is_item = words.label.match(told.text) or words.ordinal.search(told.text)
                warned = warned and not sentence.heading and words.number.match(told.text) is not None
                announced = announced and is_item is not None and not (sentence.heading or told.refused)
            if warned:
                continue
            if announced:
                told = told._replace(passage=True, item=sentence.opens_line)
            announced = announced or words.announces.search(told.text) is not None
            warned = words.warns.search(told.text) is not None
            held.append((sentence, told))
        return held

    def advises(self, title: str) -> bool:
        """Then any of its sentences may: `said` has to hold them all."""
        words = self.cues.headings
        return words.advice.search(title) is not None and words.not_advice.search(title) is None

    def _given(self, held: Sequence[Said], titled: bool) -> list[Given]:
        by_part = groupby(held, lambda said: said[0].part)
        return [tip for part, group in by_part for tip in self._of_part(part, list(group), titled)]

    def _of_part(self, part: Part | None, held: Sequence[Said], titled: bool) -> Iterator[Given]:
        held = [said for said in held if not said[0].heading or self._stands_in_list(*said)]
        if part is not None and part.heading and self._is_piece(part, held, titled):
            end = self._piece_end(held)
            piece, held = held[:end], held[end:]
            yield from self._sub_section(
                part.heading, [(sentence, told._replace(passage=True)) for sentence, told in piece]
            )
        for said in held:
            yield from self._sentence(*said)

    def _stands_in_list(self, sentence: Sentence, told: Told) -> bool:
        """A short line without a stop, as 备好困难证明, is an order and no heading where advice is given."""
        part = sentence.part
        return told.passage and (part is None or sentence.start >= part.heading_end)

    def _piece_end(self, held: Sequence[Said]) -> int:
        """How many sentences are of one piece: up to a labelled item (误区：…) or a conclusion (总之，…)."""
        behind = (at for at, said in enumerate(held) if at and self._ends_piece(*said))
        return next(behind, len(held))

    def _ends_piece(self, sentence: Sentence, told: Told) -> bool:
        words = self.cues.tip
        ends = words.concludes.search(told.text) or words.label.match(told.text)
        return sentence.opens_line and ends is not None

    def _is_piece(self, part: Part, held: Sequence[Said], titled: bool) -> bool:
        """Whether a part is one piece of advice: under a heading that advises, or by its own words.

        On a page titled 收到律师函怎么办 the section 一、与银行保持沟通 is one; 如何协商 gathers several, and
        so does what counts them: 1. … 2. ….
        """
        heading = part.heading
        if part.refused or not heading or not (part.advice or titled):
            return False
        if part.level > 1 and part.advice:
            return True
        if self.cues.tip.gathers.search(heading) or not self._named(heading):
            return False
        return sum(self.cues.tip.ordinal.search(told.text) is not None for _, told in held) < LISTED

    def _sub_section(self, heading: str, held: Sequence[Said]) -> Iterator[Given]:
        """The tips that its heading names, over its sentences that advise; then what else these say."""
        ours = [said for said in held if self.addressee.is_borrower(said[1])]
        advising = [said for said in ours if self.addressee.is_modal(said[1])]
        advising = advising or [said for said in ours if not self.addressee.only_tells(said[1])]
        own = [(sentence, list(self._sentence(sentence, told))) for sentence, told in advising]
        named = self._named(heading) if own else {}
        for tip_id, at in named.items():
            yield from self._of_heading(heading, tip_id, at, own)
        for tip in chain.from_iterable(given for _, given in own):
            if tip.tip_id not in named:
                yield replace(tip, rule="subsection", heading=heading)

    def _of_heading(
        self, heading: str, tip_id: str, at: At, own: Sequence[tuple[Sentence, list[Given]]]
    ) -> Iterator[Given]:
        """What a heading names, over neighbours that say so or nothing else; if none does, after the first's.

        Under 协商还款 the sentence 保留通话录音 keeps evidence, and does not negotiate.
        """
        runs = groupby(own, key=lambda one: not one[1] or any(tip.tip_id == tip_id for tip in one[1]))
        held = [[sentence for sentence, _ in run] for ours, run in runs if ours]
        for run in held:
            yield Given(tip_id, run[0].start, run[-1].end, "subsection", at, heading)
        if not held:
            first = own[0][0]
            yield Given(tip_id, first.start, first.end, "subsection", (len(first.text), 0), heading)

    @cached_property
    def _named(self) -> Callable[[str], dict[str, At]]:
        return lru_cache(maxsize=REMEMBERED)(self._in_heading)

    def _in_heading(self, heading: str) -> dict[str, At]:
        """Tips that a heading names, and where."""
        among = self.kinds.among(self.may(heading))
        found = ((kind.kind.tip_id, cue.search(heading)) for kind, cue in among)
        return {tip_id: _at(match, heading) for tip_id, match in found if match}

    def _sentence(self, sentence: Sentence, told: Told) -> Iterator[Given]:
        if told.may & self.kinds.cues.mask:
            for tip_id, rule, at in self._advised(told):
                yield Given(tip_id, sentence.start, sentence.end, rule, at)

    @cached_property
    def addressee(self) -> Addressee:
        return Addressee(self.cues)

    @cached_property
    def _advised(self) -> Callable[[Told], tuple[Advised, ...]]:
        return lru_cache(maxsize=REMEMBERED)(lambda told: tuple(self._in_sentence(told)))

    def _in_sentence(self, told: Told) -> Iterator[Advised]:
        """A labelled item where advice is given; else each tip that a clause gives to a borrower."""
        among = self.kinds.among(told.may)
        label = self.cues.tip.label.match(told.text) if told.passage else None
        if label and self.addressee.only_tells(told) and not self.addressee.orders(label.group()):
            label = None
        promoted = [pair for pair in among if pair[0].kind.promotional and pair[1].search(told.text)]
        for kind, cue in promoted or among:  # an advertisement advises nothing else
            tip_id, labelled = kind.kind.tip_id, cue.search(label.group()) if label else None
            if labelled and self.addressee.is_borrower(told):
                yield Advised(tip_id, "item", _at(labelled, told.text))
                continue
            taken = (match for match in cue.finditer(told.text) if self.addressee.takes(told, match))
            offered = kind.kind.promotional and self.addressee.is_offer(told)
            if match := next(taken, None) or (cue.search(told.text) if offered else None):
                yield Advised(tip_id, "sentence", _at(match))

    def _read(self, held: Sequence[Said], given: Sequence[Given]) -> Iterator[tuple[Sentence, str]]:
        """What the model takes for advice, where no rule has found any and the borrower may be told."""
        if self.learnt is None:
            return
        asked = [said for said in held if self._may_advise(*said) and not _covered(said[0], given)]
        for (sentence, told), tip in zip(asked, self.learnt([told for _, told in asked]), strict=True):
            if tip != NONE and self.addressee.is_borrower(told) and not self.addressee.only_tells(told):
                yield sentence, tip

    def _may_advise(self, sentence: Sentence, told: Told) -> bool:
        return not told.refused and (not sentence.heading or self._stands_in_list(sentence, told))

    def _unlisted(
        self, article_id: str, held: Sequence[Said], given: Sequence[Given], read: Container[int]
    ) -> Iterator[TipCandidate]:
        """Sentences that give a borrower advice without an id, by rule or (`read`) by the model."""
        for sentence, told in held:
            if (sentence.start in read or self._tells(told)) and not _covered(sentence, given):
                heading = sentence.part.heading if sentence.part else None
                yield TipCandidate(article_id, "text", sentence.start, sentence.end, sentence.text, heading)

    def _tells(self, told: Told) -> bool:
        """By rule, in a passage that advises."""
        if not (told.passage and self.addressee.is_modal(told) and self.addressee.is_borrower(told)):
            return False
        return self.cues.tip.announces.search(told.text) is None


def _covered(sentence: Sentence, given: Sequence[Given]) -> bool:
    return any(tip.start < sentence.end and sentence.start < tip.end for tip in given)


def _at(match: re.Match[str], heading: str = "") -> At:
    """What a heading or a label names comes before what the sentence under it says."""
    return match.start() - len(heading), -match.end()
