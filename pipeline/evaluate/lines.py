"""Line by line: what of an imported page is kept and why the rest goes, beside labels that people gave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.drafts import DraftLine
from pipeline.evaluate.figures import Figure, share
from pipeline.evaluate.gold import CONTENT_LABELS
from pipeline.verify.page_words import squeezed, stands_in

PART = "gold"
BLANK = "blank"
TITLE = "title"
# Label of a gold line → reasons (LINE_REASONS) that say the same.
REASONS = {
    "nav": {"navigation", "share", "label"},
    "greeting": {"greeting"},
    "contact": {"contact", "call-to-action"},
    "meta": {"meta"},
    "author_date": {"meta"},
    "intro_label": {"label"},
    "injected_title": {"injected-title"},
    "disclaimer": {"disclaimer"},
    "related_list": {"related"},
    "comments": {"comments"},
}


@dataclass(frozen=True, slots=True)
class GoldLine:
    """One line of a page, blank ones left out."""

    number: int
    label: str
    raw: str

    @property
    def is_content(self) -> bool:
        return self.label in CONTENT_LABELS


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A gold line and what became of it: `title`, `kept`, a reason, or `missing`."""

    gold: GoldLine
    fate: str

    @property
    def is_right(self) -> bool:
        """Kept where it is content and gone where it is not."""
        if TITLE in {self.gold.label, self.fate}:
            return self.gold.label == self.fate
        return self.fate != "missing" and (self.fate == "kept") == self.gold.is_content

    @property
    def is_right_reason(self) -> bool:
        return self.fate in REASONS.get(self.gold.label, {self.fate})


def judged_lines(gold: Sequence[GoldLine], lines: Sequence[DraftLine]) -> Iterator[JudgedLine]:
    """In the order of the page. `lines`: as read, the first is the title, wherever it stood."""
    title, *rest = sorted(lines, key=lambda line: line.ordinal)
    place = 0
    for one in gold:
        if place < len(rest) and _is_same(rest[place], one):
            yield JudgedLine(one, rest[place].reason or "kept")
            place += 1
        else:
            yield JudgedLine(one, TITLE if _is_same(title, one) else "missing")


def line_figures(judged: Sequence[JudgedLine]) -> list[Figure]:
    gone = [one for one in judged if not one.gold.is_content and one.fate not in {"kept", "missing"}]
    return [
        share(PART, "lines-right", sum(one.is_right for one in judged), len(judged)),
        share(PART, "line-reasons-right", sum(one.is_right_reason for one in gone), len(gone)),
    ]


def _is_same(line: DraftLine, gold: GoldLine) -> bool:
    """The page's own words, marks standing for what was redacted; a bullet is not in ours."""
    return stands_in(squeezed(line.original), squeezed(gold.raw))
