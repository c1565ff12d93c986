"""Whom a sentence tells to do something: the one who owes, or a platform, bank, collector."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.findings.actors import Acting, acting, clause_end, clause_start
from pipeline.findings.cues import Cues
from pipeline.findings.layout import Sentence
from pipeline.findings.spans import Spans
from pipeline.records import Mention

SPEAKS_REACH = 12  # characters within which a lender that opens a sentence speaks: 平台的客服回应说


@dataclass(frozen=True, slots=True)
class Addressee:
    """The subject of a clause is the actor before its modal verb; a named platform is one."""

    cues: Cues
    mentions: Spans[Mention]
    page_advises: bool = False
    under_headings: bool = False  # where the page advises and no heading of its own does

    def is_passage(self, sentence: Sentence) -> bool:
        """Whether it stands where advice is given: by its section, or, under no heading, by its page."""
        return sentence.advice or (self.page_advises and self._is_free(sentence))

    def _is_free(self, sentence: Sentence) -> bool:
        if sentence.part is None:
            return True
        return self.under_headings and not sentence.heading and not sentence.refused

    def is_modal(self, sentence: Sentence) -> bool:
        """验证码不告诉任何人 is an order where advice is given; 平台一律不告诉 has another subject."""
        text = self._unnumbered(sentence.text)
        words = self.cues.assertions
        if self.cues.narrates.search(text):
            return False
        if words.advises.search(text) is not None or words.imperative.search(text) is not None:
            return True
        return self.is_passage(sentence) and self.cues.told.search(text) is not None

    def is_borrower(self, sentence: Sentence) -> bool:
        """Whether the sentence's first modal has no platform, bank or collector as its subject."""
        modal = self.cues.assertions.advises.search(sentence.text)
        actors = self._acting(sentence)
        subject = actors.before(modal.start()) if modal else actors.opening(0)
        return subject != "lender" and not self._speaks(sentence, actors)

    def takes(self, sentence: Sentence, match: re.Match[str]) -> bool:
        """Whether this cue is advice to the one who owes.

        若无法按时还款 is a condition, no advice; 平台应及时沟通 advises somebody else;
        我先把账单打了出来 tells a story.
        """
        text, words, actors = sentence.text, self.cues.assertions, self._acting(sentence)
        if self.cues.narrates.search(text):
            return False
        start = clause_start(text, match.start())
        if self._conditional(text, start, match):
            return False
        if self._of_lender(text, start, actors) or self._speaks(sentence, actors):
            return False
        modals = [modal for modal in words.advises.finditer(text) if modal.start() <= match.start()]
        subject = actors.before(modals[-1].start() if modals else match.start())
        if subject is not None and modals:
            return subject == "borrower"
        if subject == "lender":
            return False
        imperative = words.imperative.within(text, start) or words.imperative.search(self._unnumbered(text))
        told = self.is_passage(sentence) and self.cues.told.search(text) is not None
        return imperative is not None or told or (bool(modals) and not sentence.refused)

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

    def _speaks(self, sentence: Sentence, actors: Acting) -> bool:
        """A lender that says something: 平台的客服回应说，请用户不要相信."""
        if actors.opening(0) != "lender":
            return False
        return self.cues.speaks.search(sentence.text, 0, actors.places[0][0] + SPEAKS_REACH) is not None

    def _acting(self, sentence: Sentence) -> Acting:
        named = self.mentions.within(sentence.start, sentence.end)
        return acting(sentence.text, tuple(m.char_start - sentence.start for m in named), self.cues.actors)

    def _unnumbered(self, text: str) -> str:
        return self.cues.number.sub("", text, count=1)
