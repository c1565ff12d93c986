"""Whom a sentence tells to do something: the one who owes, or a platform, bank, collector."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from pipeline.findings.actors import Acting, acting, clause_end, clause_start
from pipeline.findings.cues import Cues
from pipeline.findings.layout import Sentence
from pipeline.findings.screened import REMEMBERED
from pipeline.findings.sieve import Mask
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
    page_advises: bool = False
    under_headings: bool = False  # where the page advises and no heading of its own does

    def told(self, sentence: Sentence) -> Told:
        start, part = sentence.start, sentence.part
        named = tuple(mention.char_start - start for mention in self.mentions.within(start, sentence.end))
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

    def _is_modal(self, told: Told) -> bool:
        text = self._unnumbered(told.text)
        words = self.cues.assertions
        if self.cues.narrates.search(text):
            return False
        if words.advises.search(text) is not None or words.imperative.search(text) is not None:
            return True
        return told.passage and self.cues.told.search(text) is not None

    def _is_borrower(self, told: Told) -> bool:
        modal = self.cues.assertions.advises.search(told.text)
        actors = self._acting(told)
        subject = actors.before(modal.start()) if modal else actors.opening(0)
        return subject != "lender" and not self._speaks(told.text, actors)

    def takes(self, told: Told, match: re.Match[str]) -> bool:
        """Whether this cue is advice to the one who owes.

        若无法按时还款 is a condition, no advice; 平台应及时沟通 advises somebody else;
        我先把账单打了出来 tells a story.
        """
        text, words, actors = told.text, self.cues.assertions, self._acting(told)
        if self.cues.narrates.search(text):
            return False
        start = clause_start(text, match.start())
        if self._conditional(text, start, match):
            return False
        if self._of_lender(text, start, actors) or self._speaks(text, actors):
            return False
        modals = [modal for modal in words.advises.finditer(text) if modal.start() <= match.start()]
        subject = actors.before(modals[-1].start() if modals else match.start())
        if subject is not None and modals:
            return subject == "borrower"
        if subject == "lender":
            return False
        imperative = words.imperative.within(text, start) or words.imperative.search(self._unnumbered(text))
        said = told.passage and self.cues.told.search(text) is not None
        return imperative is not None or said or (bool(modals) and not told.refused)

    def _of_lender(self, text: str, start: int, actors: Acting) -> bool:
        """A lender opens the clause, or what follows a label: 保留证据：平台会保留录音."""
        end = clause_end(text, start)
        labelled = text[end : end + 1] in (":", "：") and actors.opening(end + 1) == "lender"
        return labelled or actors.opening(start) == "lender"

    def _conditional(self, text: str, start: int, match: re.Match[str]) -> bool:
        """A condition or a denial before the cue with no modal after it: 如遇威胁可以报警 does advise."""
        words = self.cues.assertions
        if not (words.conditional.may(text) or words.negation.may(text)):
            return False
        clause, cue = text[start : match.end()], match.start() - start
        opener = words.conditional.search(clause, 0, cue) or words.negation.search(clause, 0, cue)
        return opener is not None and words.advises.search(clause, opener.end()) is None

    def _speaks(self, text: str, actors: Acting) -> bool:
        """A lender that says something: 平台的客服回应说，请用户不要相信."""
        if actors.opening(0) != "lender":
            return False
        return self.cues.speaks.search(text, 0, actors.places[0][0] + SPEAKS_REACH) is not None

    def _acting(self, told: Told) -> Acting:
        return acting(told.text, told.named, self.cues.actors)

    def _unnumbered(self, text: str) -> str:
        return self.cues.number.sub("", text, count=1)
