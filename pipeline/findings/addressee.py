"""Whom a sentence tells to do something: the one who owes, or a platform, bank, collector."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from pipeline.findings.actors import (
    CLAUSE_END,
    OPENING,
    Acting,
    acting,
    clause_end,
    clause_start,
    is_of_borrowers,
)
from pipeline.findings.cues import Actors, Cues
from pipeline.findings.layout import Sentence
from pipeline.findings.sieve import REMEMBERED, Mask
from pipeline.findings.spans import Spans
from pipeline.records import Mention

SPEAKS_REACH = 12  # characters within which a lender that opens a sentence speaks: 平台的客服回应说


class Told(NamedTuple):
    """All of a sentence that bears on the advice in it."""

    text: str
    may: Mask
    named: tuple[int, ...]  # where platforms are named in it
    item: bool  # it opens a line of a section that advises
    passage: bool  # it stands where advice is given
    refused: bool


@dataclass(frozen=True, slots=True)
class Passages:
    """Where a page gives advice: by its sections, or, under no heading, by itself."""

    mentions: Spans[Mention]
    actors: Actors
    page_advises: bool = False
    under_headings: bool = False  # where the page advises and no heading of its own does

    def told(self, sentence: Sentence) -> Told:
        start, part = sentence.start, sentence.part
        named = tuple(
            mention.char_start - start
            for mention in self.mentions.within(start, sentence.end)
            if not is_of_borrowers(sentence.text, mention.char_end - start, self.actors)
        )
        advice, refused = sentence.advice, part is not None and part.refused
        passage = advice or (self.page_advises and self._is_free(sentence))
        return Told(sentence.text, sentence.may, named, advice and sentence.opens_line, passage, refused)

    def _is_free(self, sentence: Sentence) -> bool:
        if sentence.part is None:
            return True
        return self.under_headings and not sentence.heading and not sentence.part.refused


@dataclass(frozen=True, eq=False)
class Addressee:
    """The subject of a clause is the actor before its modal verb; a named platform is one."""

    cues: Cues

    @cached_property
    def is_borrower(self) -> Callable[[Told], bool]:
        """Whether the sentence's first modal has no platform, bank or collector as its subject."""
        return lru_cache(maxsize=REMEMBERED)(self._is_borrower)

    @cached_property
    def is_modal(self) -> Callable[[Told], bool]:
        """验证码不告诉任何人 is an order where advice is given; 平台一律不告诉 has another subject."""
        return lru_cache(maxsize=REMEMBERED)(self._is_modal)

    @cached_property
    def only_tells(self) -> Callable[[Told], bool]:
        """What happened, what the law says, what comes of it, or a question: it advises nobody."""
        return lru_cache(maxsize=REMEMBERED)(self._only_tells)

    def _only_tells(self, told: Told) -> bool:
        text = self._unnumbered(told.text)
        return self.cues.tip.narrates.search(text) is not None or asks(text)

    def _is_modal(self, told: Told) -> bool:
        text = self._unnumbered(told.text)
        words = self.cues.assertions
        if self.only_tells(told):
            return False
        if words.advises.search(text) is not None or words.imperative.search(text) is not None:
            return True
        return self._told(told)

    def _told(self, told: Told) -> bool:
        """In a passage that advises: an order without a modal verb, the next in a count of them, an item."""
        text, words = told.text, self.cues.tip
        if not told.passage:
            return False
        item = told.item and words.label.match(text)
        plain = self._unnumbered(text)
        ordinal = words.ordinal.search(text) or words.ordinal.search(plain)
        return bool(words.told.search(plain) or ordinal or item)

    def _is_borrower(self, told: Told) -> bool:
        modal = self.cues.assertions.advises.search(told.text)
        actors = self._acting(told)
        if modal is None:
            subject = actors.behind(self._opening_condition_end(told.text)).opening(0)
        else:
            acted = actors.behind(self._conditions_end(told.text, clause_start(told.text, modal.start())))
            subject = acted.before(modal.start())
        return subject != "lender" and not self._speaks(told.text, actors)

    def is_offer(self, told: Told) -> bool:
        """An advertisement needs no modal verb, only somebody to whom it speaks: 欢迎您联系我们.

        骗子自称可以免费评估 only tells of one.
        """
        text, words = told.text, self.cues.tip
        if words.narrates.search(text) or words.not_offers.search(text) or told.refused:
            return False
        return words.offers.search(text) is not None

    def takes(self, told: Told, match: re.Match[str]) -> bool:
        """Whether this cue is advice to the one who owes.

        若无法按时还款 is a condition, no advice; 平台应及时沟通 advises somebody else;
        我先把账单打了出来 tells a story; 可以协商吗？ asks.
        """
        text, words, actors = told.text, self.cues.assertions, self._acting(told)
        start = clause_start(text, match.start())
        if self.only_tells(told) or self._depends(text, start, match):
            return False
        if self._of_lender(text, start, actors) or self._speaks(text, actors):
            return False
        if self.cues.tip.orders.within(text, start):
            return True
        modals = [modal for modal in words.advises.finditer(text) if modal.start() < match.end()]
        acted = actors.behind(self._conditions_end(text, start))
        subject = acted.before(modals[-1].start() if modals else match.start())
        if subject is not None and modals:
            return subject == "borrower"
        if subject == "lender":
            return False
        imperative = words.imperative.within(text, start) or words.imperative.search(self._unnumbered(text))
        ordered = imperative is not None or self._told(told) or (bool(modals) and not told.refused)
        return ordered or (told.passage and self._is_bare_order(text, start, match))

    def _is_bare_order(self, text: str, start: int, match: re.Match[str]) -> bool:
        """Where advice is given, a clause that the cue opens and whose predicate it is: 整理好所有借据.

        积极应诉则能提出证据 and 保留证据很重要 only speak of it.
        """
        opens = start + self._number_end(text) if start == 0 else start
        return (
            match.start() == opens
            and self.cues.tip.predicate.search(text, match.end(), clause_end(text, match.end())) is None
        )

    def _of_lender(self, text: str, start: int, actors: Acting) -> bool:
        """A lender opens the clause, or what follows a label: 保留证据：平台会保留录音."""
        end = clause_end(text, start)
        labelled = text[end : end + 1] in (":", "：") and actors.opening(end + 1) == "lender"
        return labelled or actors.opening(start) == "lender"

    def _depends(self, text: str, start: int, match: re.Match[str]) -> bool:
        """What the cue says is when, whether or what for, not what to do."""
        if self._conditional(text, start, match) or self._circumstance(text, start, match):
            return True
        return self._purpose(text, start, match)

    def _purpose(self, text: str, start: int, match: re.Match[str]) -> bool:
        """What it is done for, or what comes of it: 保留证据，以便投诉; 可以避免逾期."""
        opener = self.cues.tip.purpose.within(text, start, match.end())
        return opener is not None and opener.start() < match.start() - start

    def _conditional(self, text: str, start: int, match: re.Match[str]) -> bool:
        """A condition or a denial before the cue with no modal after it: 如遇威胁可以报警 does advise."""
        words = self.cues.assertions
        if not (words.conditional.may(text) or words.negation.may(text)):
            return False
        if CLAUSE_END.search(match.group()):  # 遇到这种中介，直接挂断
            return False
        clause, cue = text[start : match.end()], match.start() - start
        opener = words.conditional.search(clause, 0, cue) or words.negation.search(clause, 0, cue)
        if opener is None or words.advises.search(clause, opener.end()):
            return False
        return self.cues.tip.condition_ends.within(clause, opener.end(), cue) is None

    def _circumstance(self, text: str, start: int, match: re.Match[str]) -> bool:
        """The cue's clause says when, and advises nothing: 协商成功后，按约定还款."""
        end = clause_end(text, match.end())
        if end >= len(text) - 1 or not self.cues.tip.circumstance.within(text, match.start(), end):
            return False
        return self.cues.assertions.advises.search(text, start, match.start() + 1) is None

    def _conditions_end(self, text: str, start: int) -> int:
        """Who acts in a condition before the cue's clause does not act in it: 客服不理会的话，就投诉."""
        opener = self.cues.assertions.conditional.search(text, 0, start)
        return clause_end(text, opener.end()) if opener else 0

    def _opening_condition_end(self, text: str) -> int:
        """Who acts in a condition that opens a sentence is not its subject: 若催收方泄露信息，可立即举报."""
        opener = self.cues.assertions.conditional.search(text)
        return clause_end(text, opener.end()) if opener and opener.start() < OPENING else 0

    def _speaks(self, text: str, actors: Acting) -> bool:
        """A lender that says something: 平台的客服回应说，请用户不要相信."""
        if actors.opening(0) != "lender":
            return False
        return self.cues.tip.speaks.search(text, 0, actors.places[0][0] + SPEAKS_REACH) is not None

    def _acting(self, told: Told) -> Acting:
        """Without a label that says whom to turn to (平台客服：先拨打…) or who speaks (李律师：按时到庭).

        Nor does who stands where the scene is set (在使用平台时，也应量力而行) or is turned to
        (致电银行的客服).
        """
        actors, words = acting(told.text, told.named, self.cues.actors), self.cues.tip
        label = words.speaker.match(told.text) or (told.item and words.channel.match(told.text))
        for aside in chain(words.scene.finditer(told.text), words.objects.finditer(told.text)):
            actors = actors.outside(*aside.span())
        return actors.behind(label.end()) if label else actors

    def orders(self, label: str) -> bool:
        """A label that tells what not to do, whatever follows it: 避免以贷养贷：这会让债务越滚越大."""
        warns = self.cues.assertions.avoids.match(self._unnumbered(label))
        return warns is not None and self.cues.tip.narrates.search(label) is None

    def _unnumbered(self, text: str) -> str:
        return text[self._number_end(text) :]

    def _number_end(self, text: str) -> int:
        number = self.cues.tip.number.match(text)
        return number.end() if number else 0


def asks(text: str) -> bool:
    """Whether it is a question."""
    return text.endswith(("？", "?"))
