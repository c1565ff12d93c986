"""Advice to those who owe: sub-sections, labelled items, and free sentences that give a canonical tip."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from itertools import chain, groupby
from typing import NamedTuple

from pipeline.findings.addressee import Addressee, Passages, Told, asks
from pipeline.findings.cues import Cues
from pipeline.findings.layout import MAX_SENTENCE, Part, Sentence
from pipeline.findings.learnt import LEAST, NONE, SURER, UNLISTED, Learnt, Stand
from pipeline.findings.sieve import REMEMBERED, Cued, Mask
from pipeline.findings.spans import spans
from pipeline.findings.taxonomy import TipCue
from pipeline.records import Article, Mention, TipCandidate, TipSource

ADVISING = 3  # different tips make a page one that advises, whatever its title: an answer, a broadcast

LISTED = 2  # sentences that count what they say are a list

# Of the words that name it: a place gives several in their order, the longer first; a heading's are below 0.
At = tuple[int, int]
FIRST: At = (-MAX_SENTENCE, 0)  # and before those what the model is surest of


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


class Decided(NamedTuple):
    """What the model says of a sentence: the tip it gives first, or one of the marks of none."""

    sentence: Sentence
    tip: str


Said = tuple[Sentence, Told]


@dataclass(frozen=True, eq=False)
class Tips:
    """Cues of the canonical tips, and the words that tell whom a sentence addresses."""

    kinds: Cued[TipCue]
    cues: Cues
    may: Callable[[str], Mask]  # the cues that can stand in a text
    learnt: Learnt | None = None

    def __call__(
        self, article: Article, said: Sequence[Sentence], mentions: Sequence[Mention], *, learnt: bool
    ) -> Iterator[TipSource | TipCandidate]:
        """In order of the text, where one place gives several the one named first; then what gives none.

        What rules find stands. `learnt`: the model is asked what they leave, and which tip comes first;
        then `said` has to hold all sentences. A title gives no advice.
        """
        held, given = self.ruled(article.title, said, mentions)
        read = list(self._read(article.text, held, given)) if learnt and self.learnt else []
        by_place = {one.sentence.start: one for one in read}
        for tip in sorted(_ordered(given, read), key=lambda tip: (tip.start, tip.at, tip.end)):
            surface = article.text[tip.start : tip.end]
            yield TipSource(
                tip.tip_id, article.article_id, "text", tip.start, tip.end, surface, tip.heading, tip.rule
            )
        yield from self._unlisted(article.article_id, held, given, by_place)

    def ruled(
        self, title: str, said: Sequence[Sentence], mentions: Sequence[Mention]
    ) -> tuple[list[Said], list[Given]]:
        """Sentences of the text, and the tips that rules find in them."""
        body = [sentence for sentence in said if sentence.field == "text"]
        if not body:
            return [], []
        passages = self._passages(title, body, mentions)
        held = self._told(body, passages)
        given = self._given(held, passages.page_advises)
        if not passages.page_advises and len({tip.tip_id for tip in given}) >= ADVISING:
            held = self._told(body, replace(passages, page_advises=True))
            given = self._given(held, titled=False)
        return held, given

    def _passages(self, title: str, body: Sequence[Sentence], mentions: Sequence[Mention]) -> Passages:
        """By its title a page advises: where no heading stands, and everywhere if no heading gathers advice.

        Where 怎么协商 is the title, 1. 选择还款时间 stands beside 2. 利息, and both advise.
        """
        headed = any(self._gathers(sentence.part) for sentence in body)
        return Passages(spans(mentions, "text"), self.cues.actors, self.advises(title), not headed)

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

    def stands(self, text: str, held: Sequence[Said], given: Sequence[Given]) -> list[Stand]:
        """Sentences as the model is told of them."""
        line_end, cued = text.find("\n"), {(tip.start, tip.end) for tip in given}
        return [
            Stand(
                sentence.text,
                cue=(sentence.start, sentence.end) in cued,
                opens=sentence.opens_line,
                first=sentence.end <= line_end,
                is_borrower=partial(self.addressee.is_borrower, told),
            )
            for sentence, told in held
        ]

    def asks(self, sentence: Sentence, told: Told, given: Sequence[Given]) -> bool:
        """Whether the model may decide: rules are surer of headings, questions and whole sub-sections."""
        if told.refused or asks(told.text) or (sentence.heading and not self._stands_in_list(sentence, told)):
            return False
        return bool(_own(sentence, given)) or not _covered(sentence, given)

    def _read(self, text: str, held: Sequence[Said], given: Sequence[Given]) -> Iterator[Decided]:
        """What the model says of each sentence that it may decide."""
        assert self.learnt
        page = self.stands(text, held, given)
        for (sentence, told), read in zip(held, self.learnt(page), strict=True):
            if not self.asks(sentence, told, given):
                continue
            cued = [tip.tip_id for tip in sorted(_own(sentence, given), key=lambda tip: tip.at)]
            advises = (
                cued or read.odds >= SURER or (read.odds >= LEAST and not self.addressee.only_tells(told))
            )
            yield Decided(sentence, self.learnt.tip(read, cued) if advises else NONE)

    def _unlisted(
        self, article_id: str, held: Sequence[Said], given: Sequence[Given], read: Mapping[int, Decided]
    ) -> Iterator[TipCandidate]:
        """Sentences that give advice without an id, by the model or, where it is not asked, by rule."""
        for sentence, told in held:
            one = read.get(sentence.start)
            advises = one.tip == UNLISTED if one else self._tells(told)
            if advises and not _covered(sentence, given):
                heading = sentence.part.heading if sentence.part else None
                yield TipCandidate(article_id, "text", sentence.start, sentence.end, sentence.text, heading)

    def _tells(self, told: Told) -> bool:
        """By rule, in a passage that advises."""
        if not (told.passage and self.addressee.is_modal(told) and self.addressee.is_borrower(told)):
            return False
        return self.cues.tip.announces.search(told.text) is None


def _ordered(given: Sequence[Given], read: Sequence[Decided]) -> Iterator[Given]:
    """Of each sentence what the model puts first stands before the others; so does what no rule finds."""
    first = {(one.sentence.start, one.sentence.end, one.tip) for one in read}
    for tip in given:
        place = (tip.start, tip.end, tip.tip_id)
        yield replace(tip, at=FIRST) if place in first else tip
        first.discard(place)
    named = {(tip.start, tip.tip_id) for tip in given}
    for start, end, tip_id in sorted(first):
        if tip_id not in {NONE, UNLISTED} and (start, tip_id) not in named:
            yield Given(tip_id, start, end, "model", FIRST)


def _own(sentence: Sentence, given: Sequence[Given]) -> list[Given]:
    """What rules find in this sentence alone."""
    return [tip for tip in given if (tip.start, tip.end) == (sentence.start, sentence.end)]


def _covered(sentence: Sentence, given: Sequence[Given]) -> bool:
    return any(tip.start < sentence.end and sentence.start < tip.end for tip in given)


def _at(match: re.Match[str], heading: str = "") -> At:
    """What a heading or a label names comes before what the sentence under it says."""
    return match.start() - len(heading), -match.end()
