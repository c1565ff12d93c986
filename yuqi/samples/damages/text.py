"""Changes of the text itself: other words; dropped, added, reordered sections; truncation, stitching, law."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from yuqi.samples.dice import Key, chance, pick, roll
from yuqi.samples.document import Document, Line, rewritten
from yuqi.samples.library import table

CHINESE_NUMBERS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Parts:
    """A document taken apart: title and intro, sections (heading first), the summary with its label."""

    head: tuple[Line, ...]
    sections: tuple[tuple[Line, ...], ...]
    summary: tuple[Line, ...]

    def with_section(self, section: tuple[Line, ...], at: int) -> Parts:
        return replace(self, sections=(*self.sections[:at], section, *self.sections[at:]))

    def with_lines(self, lines: tuple[Line, ...], section: int) -> Parts:
        """Lines at the end of a section."""
        longer = (*self.sections[section], *lines)
        return replace(self, sections=(*self.sections[:section], longer, *self.sections[section + 1 :]))


def assembled(parts: Parts) -> Document:
    return Document((*parts.head, *(line for section in parts.sections for line in section), *parts.summary))


def taken_apart(document: Document) -> Parts:
    """The reverse of `assembled`, as long as the sections bear no numbers."""
    starts = [n for n, line in enumerate(document.lines) if line.kind == "heading" and line.level == 1]
    labels = table("furniture")["summary_labels"]
    end = next((n for n in starts if document.lines[n].text in labels), len(document.lines))
    bounds = [n for n in starts if n < end] + [end]
    sections = tuple(document.lines[a:b] for a, b in pairwise(bounds))
    return Parts(document.lines[: bounds[0]], sections, document.lines[end:])


def reword(document: Document, share: float, *key: Key) -> Document:
    """Synonyms in the place of this share of the words that have one; names, cues and own passages stay."""
    if not share:
        return document
    body = (_reworded(line, share, (*key, n)) for n, line in enumerate(document.body))
    return Document((document.title, *body))


def _reworded(line: Line, share: float, key: tuple[Key, ...]) -> Line:
    if line.is_own or line.kind == "heading":
        return line
    for match in reversed(list(_words().finditer(line.text))):
        if chance(share, *key, match.start()) and not _protected(line, match.start(), match.end()):
            other = pick(table("synonyms")["words"][match[0]], *key, match.start())
            line = rewritten(line, match.start(), match.end(), other)
    return line


def _protected(line: Line, start: int, end: int) -> bool:
    found = any(s.start < end and start < s.end for s in line.spans if s.kind != "tip")
    return found or any(start < m.end() and m.start() < end for m in re.finditer("《[^》]*》", line.text))


@cache
def _words() -> re.Pattern[str]:
    longest_first = sorted(table("synonyms")["words"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def drop(parts: Parts, *key: Key) -> Parts:
    """One section fewer; a section with an own passage stays."""
    free = [n for n, section in enumerate(parts.sections) if not any(line.is_own for line in section)]
    if len(free) < 2:
        return parts
    gone = pick(free, *key, "drop")
    return replace(parts, sections=(*parts.sections[:gone], *parts.sections[gone + 1 :]))


def reorder(parts: Parts, *key: Key) -> Parts:
    """Two neighbouring sections change places."""
    first = roll(*key, "reorder") % (len(parts.sections) - 1)
    swapped = list(parts.sections)
    swapped[first], swapped[first + 1] = swapped[first + 1], swapped[first]
    return replace(parts, sections=tuple(swapped))


def stitch(first: Parts, second: Parts) -> Parts:
    """The first half of one template with the second half of another; the title is the first's."""
    half = len(first.sections) // 2 + 1
    return Parts(first.head, (*first.sections[:half], *second.sections[half:]), second.summary)


def quote_law(parts: Parts, paragraph: Line, section: int) -> Parts:
    """A law paragraph, the same in every text that quotes it."""
    return parts.with_lines((paragraph,), section)


def truncate(document: Document, *key: Key) -> Document:
    """The last quarter to half is cut off; no sentence that says something is split, no own passage lost."""
    least = max((n for n, line in enumerate(document.lines) if line.is_own), default=0) + 1
    kept = max(least, len(document.lines) * (50 + roll(*key, "truncate") % 26) // 100, 2)
    lines = list(document.lines[:kept])
    while lines[-1].kind == "heading" and len(lines) > 2:
        lines.pop()
    lines[-1] = _first_sentences(lines[-1])
    return Document(tuple(lines))


def _first_sentences(line: Line) -> Line:
    """The line up to its last inner full stop, unless what follows holds a span."""
    stop = line.text.rfind("。", 0, len(line.text) - 1) + 1
    if stop == 0 or line.is_own or any(span.end > stop for span in line.spans):
        return line
    return rewritten(line, stop, len(line.text), "")


def numbered(document: Document) -> Document:
    """一、 before sections, 1.1 before sub-sections; the summary's label bears none."""
    labels = table("furniture")["summary_labels"]
    section = sub = 0
    lines = []
    for line in document.lines:
        number = ""
        if line.kind == "heading" and line.level == 1 and line.text not in labels:
            section, sub = section + 1, 0
            number = f"{CHINESE_NUMBERS[section - 1]}、"
        elif line.kind == "heading" and line.level == 2:
            sub += 1
            number = f"{section}.{sub} "
        lines.append(rewritten(line, 0, 0, number) if number else line)
    return Document(tuple(lines))


def replaced(document: Document, old: str, new: str) -> Document:
    """A word for a word wherever no span forbids it, such as 本站将 for 本文将."""

    def change(line: Line) -> Line:
        for match in reversed(list(re.finditer(re.escape(old), line.text))):
            if not _protected(line, match.start(), match.end()):
                line = rewritten(line, match.start(), match.end(), new)
        return line

    return document.map(change)
