"""A line and what its own words say of it, kept for the next page that has it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extract.rules import LONGEST_NOTICE, Around, ByWords, by_words, is_injected_title, is_notice
from pipeline.extract.shapes import Line, once
from pipeline.extract.words import PageWords
from pipeline.line_memory import once_a_line


@dataclass(eq=False)
class Judged(Line):
    """What is asked of it is asked once, of the line on whatever page."""

    words: PageWords

    @once
    def is_running(self) -> bool:
        """Running text that no rule takes for a notice of the site."""
        if len(self.text) > LONGEST_NOTICE:
            return True
        return self.is_content and not is_notice(self, self.words)

    @once
    def _said(self) -> dict[tuple[bool, bool], ByWords]:
        return {}

    def reason(self, title: str, edge: bool, by_contact: bool) -> str | None:
        """Why it goes from a page with this title, given as `letters`; see `Around`."""
        said = self._said.get((edge, by_contact))
        if said is None:
            said = by_words(self, Around(self.words, edge, by_contact), no_notice=self.is_running)
            self._said[edge, by_contact] = said
        if said.surely is None and len(self.text) <= LONGEST_NOTICE and is_injected_title(self, title):
            return "injected-title"
        return said.surely or said.otherwise


@once_a_line
def judged(text: str, kind: str, words: PageWords) -> Judged:
    return Judged(text, kind, words)
