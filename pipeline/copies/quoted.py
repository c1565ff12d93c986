"""Sentences that an article only quotes: law, announcements, what stands between quotation marks.

Two articles that quote the same are not the same text, however much of both it is: what is quoted does not
bind. It stays in the text, in sentences and in own shares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import Any, NamedTuple

from pipeline.copies.words import NOTHING, any_of

MARKED_SHARE = 0.5  # of a sentence between quotation marks: a quoted word or name is no quotation
LEAST_MARKED = 12  # code points between two marks: “合理”, “债务优化” are words
MOST_ANNOUNCED = 200  # sentences between an announcement's first and last words; more are not looked at
MARKS = {"“": "”", "「": "」", "『": "』"}
MARK_OR_END = re.compile(f"[{''.join([*MARKS, *MARKS.values()])}\n]")
REOPENED = re.compile(r"\n[ \t\u3000]{0,8}([“「『])")
GOES_ON = ("：", ":", "；", ";")  # at the end of a quoted paragraph: the next one is quoted with it
MAY_QUOTE = re.compile("[《第]")  # every title of a law, and every number of an article
NUMBER = r"[零〇一二三四五六七八九十百千\d]{1,8}"
NOT_QUOTED = (False, False, False)
NUMBER_ENDS = r"(?=[\s:：【\[（(]|$)"  # before the words of an article of law


class Span(NamedTuple):
    """A sentence of a text, and whether it names a platform."""

    start: int
    end: int
    names: bool


@dataclass(frozen=True)
class Quoting:
    """Words that show a quotation; `[quoting]` of masks.toml. Without them only quotation marks do."""

    titles_end: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    returns: tuple[str, ...] = ()
    announces: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Quoting:
        return cls(**{name: tuple(table.get(name, ())) for name in cls.__dataclass_fields__})

    def quoted(self, text: str, sentences: Sequence[Span]) -> list[bool]:
        """For each sentence, in order, whether the article only quotes it."""
        ways = (_between_marks, self._law, self._announced)
        return [any(said) for said in zip(*(way(text, sentences) for way in ways), strict=True)]

    def _law(self, text: str, sentences: Sequence[Span]) -> Iterator[bool]:
        """Law by its number and what follows in its paragraph; the next one after `有下列情形之一的：`.

        `第六百七十五条 借款人应当…`, `《民法典》第六百七十五条规定，…`, `《条例》规定：…`. It ends where
        the writer speaks: a sentence that names a platform, has 您 or 吗, or begins with 因此.
        Without number or colon `根据《民法典》的规定，…` is as often a paraphrase: one sentence.
        Left alone: `第一条，不要失联`, a list of advice; an article's second paragraph, which nothing shows.
        """
        quoting, goes_on, before = False, False, 0
        for start, end, names in sentences:
            quoting = goes_on if "\n" in text[before : start + 1] else quoting
            quoting, quoted, goes_on = (
                self._goes_on(text[start:end].strip(), names, quoting)
                if quoting or MAY_QUOTE.search(text, start, end)
                else NOT_QUOTED
            )
            before = end
            yield quoted

    def _goes_on(self, said: str, names: bool, quoting: bool) -> tuple[bool, bool, bool]:
        """Whether what follows in its paragraph is quoted, it itself, and the next paragraph."""
        speaks = names or self._own.search(said) is not None
        long, short = self._long.search(said), self._short.search(said)
        quoting = not speaks and (quoting or long is not None)
        quoted = not speaks and (quoting or short is not None)
        goes_on = quoted and (said.endswith(GOES_ON) or self._heading.fullmatch(said) is not None)
        return quoting, quoted, goes_on

    def _announced(self, text: str, sentences: Sequence[Span]) -> list[bool]:
        """From `公告全文如下：` to `特此公告`, names too. Left alone: one whose end nothing shows."""
        found, opened = [False] * len(sentences), None
        if not self._announces.search(text):
            return found
        for at, (start, end, _) in enumerate(sentences):
            said = text[start:end].rstrip()
            if opened is not None and at - opened > MOST_ANNOUNCED:
                opened = None
            if opened is None and said.endswith(GOES_ON[:2]) and self._announces.search(said):
                opened = at
            elif opened is not None and self._closes.search(said):
                found[opened : at + 1] = [True] * (at + 1 - opened)
                opened = None
        return found

    @cached_property
    def _long(self) -> re.Pattern[str]:
        """What quotes up to the end of its paragraph."""
        if not self.numbered:
            return re.compile(NOTHING)
        return re.compile(
            rf"^{self._article}{NUMBER_ENDS}|{self._article}[^，,。\n]{{0,12}}{self._says}"
            rf"|{self._title}[^，,。\n]{{0,16}}{self._says}[^，,。：:\n]{{0,6}}[：:]"
        )

    @cached_property
    def _short(self) -> re.Pattern[str]:
        return re.compile(rf"{self._title}[^，,。\n]{{0,16}}{self._says}")

    @cached_property
    def _heading(self) -> re.Pattern[str]:
        """An article's number alone on its line, with its title in brackets or none."""
        return re.compile(rf"{self._article}\s{{0,4}}(?:[【\[（(][^】\]）)\n]{{1,30}}[】\]）)])?")

    @property
    def _article(self) -> str:
        article, *parts = self.numbered or (NOTHING,)
        below = f"(?:第?{NUMBER}{any_of(parts) or NOTHING})"
        return rf"第\s?{NUMBER}\s?{article}(?:之{NUMBER})?{below}{{0,3}}"

    @property
    def _title(self) -> str:
        bracketed = r"(?:[（(][^）)》\n]{1,12}[）)])?"
        return rf"《[^《》\n]{{0,60}}{any_of(self.titles_end) or NOTHING}{bracketed}》"

    @property
    def _says(self) -> str:
        return any_of(self.says) or NOTHING

    @cached_property
    def _own(self) -> re.Pattern[str]:
        """The writer's own words: some anywhere, some at the beginning."""
        return re.compile(f"{any_of(self.own) or NOTHING}|^(?:{any_of(self.returns) or NOTHING})")

    @cached_property
    def _announces(self) -> re.Pattern[str]:
        return re.compile(any_of(self.announces) or NOTHING)

    @cached_property
    def _closes(self) -> re.Pattern[str]:
        return re.compile(any_of(self.closes) or NOTHING)


NO_WORDS = Quoting()


def _between_marks(text: str, sentences: Sequence[Span]) -> Iterator[bool]:
    """Sentences of which the larger part stands between marks. Straight ones are left alone: they do not say
    which of two opens, and one that is missing would turn all others around."""
    spans, at = list(_marked(text)), 0
    if not spans:
        yield from repeat(False, len(sentences))
        return
    for start, end, _ in sentences:
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        held, later = 0, at
        while later < len(spans) and spans[later][0] < end:
            held += min(end, spans[later][1]) - max(start, spans[later][0])
            later += 1
        yield held > MARKED_SHARE * (end - start)


def _marked(text: str) -> Iterator[tuple[int, int]]:
    """Between marks, within a paragraph or over some of which each begins with the mark again."""
    opened, closing = -1, ""
    for match in MARK_OR_END.finditer(text):
        mark, at = match.group(), match.start()
        if mark == "\n" and opened >= 0:
            again = REOPENED.match(text, at)
            opened = opened if again and MARKS[again.group(1)] == closing else -1
        elif mark in MARKS and opened < 0:
            opened, closing = at + 1, MARKS[mark]
        elif mark == closing and opened >= 0:
            if at - opened >= LEAST_MARKED:
                yield opened, at
            opened = -1
