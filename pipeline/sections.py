"""Headings and the parts of an article under them: 一、 and 1.1, （一）, or h2 and h3."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

from pipeline.drafts import DraftLine
from pipeline.extract.words import PageWords
from pipeline.records import Section, SectionRole

MAX_HEADING = 40  # characters; the longest of the real headings has 23
CHINESE = "[一二三四五六七八九十]{1,3}"
FIRST = re.compile(
    rf"(?P<number>第?{CHINESE}(?:章|节|部分)?)(?:[、．.：:]|(?<=[章节分]) ?)\s?(?P<heading>\S.*)"
)
SECOND = re.compile(
    rf"(?P<number>[（(]{CHINESE}[）)]|[0-9]{{1,2}}[.．][0-9]{{1,2}})(?![0-9%％万亿元倍年月天成折])[、.．]?\s?(?P<heading>\S.*)"
)
THIRD = re.compile(r"(?P<number>[0-9]{1,2}(?:[.．][0-9]{1,2}){2})(?![0-9])\s?(?P<heading>\S.*)")
PLAIN = re.compile(r"(?P<number>[0-9]{1,2})(?:[、．]|[.](?![0-9]))\s?(?P<heading>\S.*)")
STOPS = tuple("。；，：,;:…")


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    number: str | None
    text: str
    role: SectionRole | None


@dataclass(frozen=True, slots=True)
class Placed:
    """A kept line and where it stands in the text."""

    line: DraftLine
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.line.text)


def headings(lines: Sequence[DraftLine], words: PageWords) -> list[Heading | None]:
    """For each line the heading that it is, or None."""
    chinese = any(FIRST.match(line.text) for line in lines)
    found = [heading(line, words, plain_level=2 if chinese else 1) for line in lines]
    numbered = [PLAIN.match(line.text) is not None and line.kind != "heading" for line in lines]
    # `1、…` is a heading only where text stands between it and `2、…`: neighbours are a list
    return [
        None
        if here and (at + 1 == len(lines) or numbered[at + 1] or (at and numbered[at - 1]))
        else found[at]
        for at, here in enumerate(numbered)
    ]


def heading(line: DraftLine, words: PageWords, plain_level: int = 1) -> Heading | None:
    """A numbered short line, a line that the markup calls one, or the label of a summary (小编总结)."""
    text = line.text.strip()
    label = text.strip(" ：:【】[]")
    if label in words.summary_labels:
        return Heading(1, None, label, "summary")
    if len(text) > MAX_HEADING or line.kind in ("list-item", "table-row", "caption"):
        return None
    for level, pattern in ((3, THIRD), (2, SECOND), (1, FIRST), (plain_level, PLAIN)):
        match = pattern.match(text)
        if match and (line.kind == "heading" or not text.endswith(STOPS)):
            return Heading(
                level, _number(match), match["heading"].strip(), _role(match["heading"], words.roles)
            )
    if line.kind == "heading":
        return Heading(max(1, line.level - 1), None, text, _role(text, words.roles))
    return None


def sections(article_id: str, lines: Sequence[Placed], words: PageWords) -> Iterator[Section]:
    """The intro, if there is one, is 0; a sub-section has the role of the section above it unless its own."""
    found = headings([placed.line for placed in lines], words)
    starts = [at for at, here in enumerate(found) if here]
    if not starts or starts[0] > 0:
        last = starts[0] if starts else len(lines)
        yield Section(article_id, 0, 0, None, None, "intro" if starts else "body", 0, lines[last - 1].end)
    above: dict[int, SectionRole] = {}
    for ordinal, (at, following) in enumerate(pairwise([*starts, len(lines)]), start=1):
        here = cast(Heading, found[at])
        role = here.role or above.get(here.level - 1, "body")
        above = {level: said for level, said in above.items() if level < here.level} | {here.level: role}
        place = lines[at].start, lines[following - 1].end
        yield Section(article_id, ordinal, here.level, here.number, here.text, role, *place)


def _number(match: re.Match[str]) -> str:
    return match["number"].strip("（）()").replace("．", ".")


def _role(text: str, roles: Mapping[str, Sequence[str]]) -> SectionRole | None:
    found = (role for role, words in roles.items() if any(word in text for word in words))
    return cast(SectionRole | None, next(found, None))
