"""How an article is laid out: its headings, the sections that advise, the lines that never count."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

from pipeline.findings.cues import Headings, Zones
from pipeline.findings.damage import is_residue
from pipeline.findings.sieve import Mask, Sifted
from pipeline.records import Article, Field, Section

# Beyond this an article is a book or an attack: the gold pages have 1,200 to 1,700 characters.
MAX_SCANNED = 200_000
MAX_BEFORE = 400  # what is told is told in one paragraph: of gold pages 9 in 10 are shorter
MAX_FARTHER = 200  # a story of short paragraphs names its people once
MAX_BEHIND = 40  # who said it, not what he said next
MAX_HEADING = 24  # headings of the gold pages have 20 at most
MIN_UNDER_HEADING = 30  # a shorter line below is the next item of a list
MAX_SENTENCE = 300  # a longer run without a full stop is cut; cues reach 60 characters at most
_SENTENCE = re.compile(
    rf"[^。！？!?；;\n]{{1,{MAX_SENTENCE}}}(?:[。！？!?；;]{{1,3}}[”’」』）)]{{0,2}})?|[。！？!?；;]{{1,3}}"
)
Span = tuple[int, int]
_LINE = re.compile(r"[^\n]+")
# A line that holds one may be a sentence whose stop is missing.
_SAYS = re.compile(r"[。！？!?；;，,：:…|我他她会将被了]")
_DIGITS = re.compile(r"[0-9一二三四五六七八九十]{1,3}")
_TITLE_OF_WORK = re.compile(r"《[^》\n]{0,60}》")


class Part(NamedTuple):  # made for each section: see Sentence
    """A section as far as findings care."""

    start: int
    end: int
    heading_end: int
    heading: str | None
    level: int
    advice: bool
    refused: bool  # about what others should do, or its parent is


class Sentence(NamedTuple):  # made for each sentence: a frozen dataclass takes four times as long
    """One sentence of the title or the text, and where it stands."""

    field: Field
    start: int
    end: int
    text: str
    heading: bool = False  # the title counts as one
    part: Part | None = None  # of the text, where it has headings
    opens_line: bool = True
    residue: bool = False  # its question mark is a lost byte
    may: Mask = 0  # the kinds whose cues can stand in it, and perhaps some more
    before: str = ""  # what stands before it in its line, as far as a story reaches
    behind: str = ""  # where it is a quote, what follows it in its line: 李女士说
    above: Callable[[], tuple[str, str]] = lambda: ("", "")  # as `_above`: few sentences ask

    @property
    def advice(self) -> bool:
        """In a section that advises, and not its heading."""
        return self.part is not None and self.part.advice and not self.heading

    @property
    def refused(self) -> bool:
        return self.part is not None and self.part.refused


@dataclass(frozen=True, slots=True)
class Layout:
    """Parts in order, and the spans of the text that never count."""

    parts: tuple[Part, ...]
    silent: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]  # of the parts

    def counts(self, start: int) -> bool:
        if not self.silent:
            return True
        index = bisect_right(self.silent, (start, MAX_SCANNED)) - 1
        return index < 0 or not self.silent[index][0] <= start < self.silent[index][1]

    def advising(self, end: int) -> Iterator[Span]:
        """Where parts that advise stand, each up to the next."""
        for part, stop in zip(self.parts, (*self.starts[1:], end), strict=False):
            if part.advice:
                yield part.start, stop

    def part_at(self, position: int) -> Part | None:
        index = bisect_right(self.starts, position) - 1
        return self.parts[index] if index >= 0 else None


def lay_out(article: Article, sections: Sequence[Section], words: Headings, silent: Silent) -> Layout:
    """Where a page gives no sections, numbered lines are taken for headings."""
    text = article.text[:MAX_SCANNED]
    headed = [section for section in sections if section.heading] or list(_numbered(article, text, words))
    parts = tuple(_parts(text, sorted(headed, key=lambda s: s.char_start), words))
    starts = tuple(part.start for part in parts)
    return Layout(parts, tuple(silent(text, max(starts, default=0))), starts)


@dataclass(frozen=True, slots=True)
class Silent:
    """Lines that never count: bylines, menus of names, and all that follows a label such as 相关文章."""

    zones: Zones
    is_menu: Callable[[int, int], bool]
    places: Sequence[int]  # in order; only lines that hold one of them are looked at

    def __call__(self, text: str, last_heading: int) -> Iterator[tuple[int, int]]:
        """What follows a label still counts if headings follow it."""
        for start, end in _lines_at(text, self.places):
            said = text[start:end].strip()
            ends = self.zones.end.search(said)
            if ends and start >= last_heading:
                yield start, len(text)
                return
            if ends or self.zones.line.search(said) or self.is_menu(start, end):
                yield start, end


def _lines_at(text: str, places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The lines that hold these places, in order, each once."""
    end = -1
    for place in places:
        if place > end:
            start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
            end = len(text) if end < 0 else end
            yield start, end


def sentences(
    article: Article, layout: Layout, sifted: Mapping[Field, Sifted], *, every: bool = False
) -> Iterator[Sentence]:
    """Those in which anything can be found: the title's, then of the text all that hold an anchor or advise.

    Lines that never count are left out; with `every` nothing else is.
    """
    title, text = article.title[:MAX_SENTENCE], article.text[:MAX_SCANNED]
    for match in _SENTENCE.finditer(title):
        start, end = match.span()
        yield Sentence("title", start, end, match[0], heading=True, may=sifted["title"].within(start, end))
    every = every or bool(sifted["text"].always)
    advising = [(0, len(text))] if every else layout.advising(len(text))
    places = [*sifted["text"].starts, *(place for span in advising for place in _line_starts(text, *span))]
    for start, end in _lines_at(text, sorted(places)):
        line = _line(text, start, end, layout)
        if line.counts:
            yield from _of_line(text, line, layout, sifted["text"], every=every)


def _line_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Of the lines that begin in text[start:end]."""
    place = text.rfind("\n", 0, start) + 1
    while place < end:
        if place >= start:
            yield place
        stop = text.find("\n", place, end)
        place = stop + 1 if stop >= 0 else end


def _of_line(text: str, line: _Line, layout: Layout, sifted: Sifted, *, every: bool) -> Iterator[Sentence]:
    above = partial(_above, text, line, layout)
    for match in _SENTENCE.finditer(text, line.start, line.end):
        (start, end), said = match.span(), match[0]
        if (may := sifted.within(start, end)) or line.advises or every:
            residue = _marked(said) and is_residue(line.said(text), start - line.start, end - line.start)
            opens = start == line.start
            before = text[max(line.start, start - MAX_BEFORE) : start]
            behind = text[end : min(end + MAX_BEHIND, line.end)] if _is_quote(text, end) else ""
            told = (opens, residue, may, before, behind, above)
            yield Sentence("text", start, end, said, line.heading, line.part, *told)


def _is_quote(text: str, end: int) -> bool:
    return text[end - 1] in "”」』" or text[end : end + 1] == '"'


def _above(text: str, line: _Line, layout: Layout) -> tuple[str, str]:
    """The end of the paragraph above, and of what stands above that one; both "" behind a heading."""
    near = _next_above(text, line, layout)
    if near is None:
        return "", ""
    least = max(0, near.start - MAX_FARTHER)
    far = near
    while far.start > least and (above := _next_above(text, far, layout)):
        far = above
    return text[max(near.start, near.end - MAX_BEFORE) : near.end], text[max(far.start, least) : near.start]


def _next_above(text: str, line: _Line, layout: Layout) -> _Line | None:
    """None where a heading stands there, or nothing."""
    end = line.start
    while end and text[end - 1].isspace():
        end -= 1
    if not end or line.heading:
        return None
    above = _line(text, text.rfind("\n", 0, end) + 1, end, layout)
    return above if above.part is line.part and not above.heading else None


def split(said: str) -> list[str]:
    """A part of a line as its sentences.

    >>> split("他被骂。还收到短信")
    ['他被骂。', '还收到短信']
    """
    return _SENTENCE.findall(said)


def _marked(said: str) -> bool:
    """Whether one of the last two characters is a question mark: then it may be a lost byte."""
    last = said[-2:]
    return "？" in last or "?" in last


class _Line(NamedTuple):
    """What holds for all sentences of a line."""

    start: int
    end: int
    part: Part | None
    heading: bool
    advises: bool
    counts: bool

    def said(self, text: str) -> str:
        return text[self.start : self.end]


def _line(text: str, start: int, end: int, layout: Layout) -> _Line:
    part = layout.part_at(start)
    heading = (part is not None and part.start <= start < part.heading_end) or _stands_alone(text, start, end)
    advises = part is not None and part.advice
    return _Line(start, end, part, heading, advises, layout.counts(start))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """A heading whose markup is gone: a short line that says nothing, above a paragraph.

    上门催收的条件 is one; 我被爆了通讯录 and 电话催收 in a list of such lines are left alone.
    """
    if not 2 <= end - start <= MAX_HEADING or _SAYS.search(text, start, end):
        return False
    below = text.find("\n", end + 1)
    return (len(text) if below < 0 else below) - end > MIN_UNDER_HEADING


@lru_cache(maxsize=4096)  # a farm's headings repeat
def _heading_says(words: Headings, heading: str) -> tuple[bool, bool]:
    """Whether it speaks of what others should do, and whether it advises."""
    return bool(words.not_advice.search(heading)), bool(words.advice.search(heading))


def _parts(text: str, sections: Sequence[Section], words: Headings) -> Iterator[Part]:
    parent_advises = parent_refuses = False
    for section in sections:
        refuses, advises = _heading_says(words, section.heading or "")
        advises = not refuses and (advises or section.role == "advice")
        if section.level <= 1:
            parent_advises, parent_refuses = advises, refuses
        else:
            refuses = refuses or parent_refuses
            advises = not refuses and (advises or parent_advises)
        stop = text.find("\n", section.char_start)
        heading_end = len(text) if stop < 0 else stop
        yield Part(
            section.char_start,
            section.char_end,
            heading_end,
            section.heading,
            section.level,
            advises,
            refuses,
        )


def _numbered(article: Article, text: str, words: Headings) -> Iterator[Section]:
    """`3. …` is a heading only where text stands between it and `2. …`: neighbours are a list."""
    lines = list(_LINE.finditer(text))
    styles = ["", *(_number_style(line.group(), words) for line in lines), ""]
    for above, style, below, line in zip(styles, styles[1:], styles[2:], lines, strict=False):
        said = line.group()
        level = next((level for level, pattern in words.levels if pattern.search(said)), None)
        if level is not None and (level == 1 or not style or style not in (above, below)):
            heading = words.number.sub("", said, count=1).strip()
            yield Section(article.article_id, 0, level, None, heading, "body", line.start(), line.end())


def _number_style(line: str, words: Headings) -> str:
    """How a line is numbered, whatever the number: `3. 沟通` as `1. 协商`; "" where it is not."""
    number = words.number.search(line)
    return _DIGITS.sub("0", number.group()) if number else ""


def without_titles(text: str) -> str:
    """Titles in 《》 blanked, offsets kept: 消费者 in the name of a law is nobody spoken of."""
    if "《" not in text:
        return text
    return _TITLE_OF_WORK.sub(lambda match: "　" * len(match.group()), text)
