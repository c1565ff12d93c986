"""Gold pages: JSON by hand beside a saved page. What a page's gold does not say is not compared.

`clean_text` is title, newline, text; all offsets index it. Its practice codes are not ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.evaluate.distance import edit_distance
from pipeline.evaluate.figures import Figure, mean, shares, wrong
from pipeline.evaluate.reading import Compared, Mark, Place, Reading, Sides, page, span
from pipeline.evaluate.tally import Tally
from pipeline.extract.score import gram_f1
from pipeline.marks import MARK

PART = "gold"
PLACES: Mapping[str, Place] = {"platforms": span, "restored": span, "laws": span, "tip-headings": page}
CONTENT_LABELS = frozenset(
    (
        "title",
        "intro",
        "body",
        "section_heading",
        "subsection_heading",
        "list_item",
        "summary_label",
        "summary",
    )
)
ALIKE = 0.5  # 4-gram F1 from which a line that gold does not have is a furniture line, reworded by repair


@dataclass(frozen=True)
class GoldPage:
    """One page as it should be read, and the lines of it that are furniture."""

    name: str
    file: str | None
    reading: Reading
    furniture: tuple[str, ...]

    @staticmethod
    def of(name: str, said: Mapping[str, Any], lines: Sequence[Mapping[str, Any]] = ()) -> GoldPage:
        """`lines`: the page's rows of lines.json, if there are any."""
        text = said.get("clean_text") or "\n".join((said.get("title") or "", ""))
        title, _, body = text.partition("\n")
        reading = Reading(title, body, dict(_marks(said, text)))
        return GoldPage(name, said.get("file"), reading, tuple(_furniture(said, lines)))


@dataclass(frozen=True)
class GoldScore:
    """One page: character errors, marks by kind, furniture lines in its text."""

    name: str
    errors: int
    n_chars: int
    compared: Mapping[str, Compared]
    furniture: tuple[str, ...]
    is_missing: bool


def score_page(gold: GoldPage, found: Reading | None) -> GoldScore:
    """A page that yielded no article has everything missing."""
    sides = Sides(found or Reading(), gold.reading)
    return GoldScore(
        gold.name,
        edit_distance(found.full if found else "", gold.reading.full),
        len(gold.reading.full),
        {kind: sides.compared(kind, place) for kind, place in PLACES.items() if kind in gold.reading.marks},
        tuple(furniture_lines(found.text if found else "", gold)),
        found is None,
    )


def gold_figures(scores: Sequence[GoldScore]) -> list[Figure]:
    rates = [score.errors / score.n_chars for score in scores]
    chars = sum(score.n_chars for score in scores)
    errors = sum(score.errors for score in scores)
    worst = max(rates, default=None)
    return [
        wrong(PART, "pages-without-article", sum(score.is_missing for score in scores), len(scores)),
        Figure(PART, "character-error-rate", errors / chars if chars else None, chars, "high"),
        mean(PART, "character-error-rate-by-page", rates, "high"),
        Figure(PART, "character-error-rate-worst-page", worst, len(rates), "high"),
        *(figure for kind in PLACES for figure in shares(PART, kind, _total(scores, kind))),
        wrong(PART, "furniture-lines", sum(len(score.furniture) for score in scores), len(scores)),
    ]


def furniture_lines(text: str, gold: GoldPage) -> Iterator[str]:
    """Lines of `text` that gold's text does not have and that are furniture, or redacted, there."""
    held = {_key(line) for line in gold.reading.text.splitlines()}
    known = {_key(line) for line in gold.furniture}
    for line in text.splitlines():
        key = _key(line)
        if not key or key in held:
            continue
        if key in known or MARK.search(line) or any(gram_f1(key, one).f1 >= ALIKE for one in known):
            yield line


def _total(scores: Iterable[GoldScore], kind: str) -> Tally:
    return sum((score.compared[kind].tally for score in scores if kind in score.compared), Tally())


def _marks(said: Mapping[str, Any], text: str) -> Iterator[tuple[str, tuple[Mark, ...]]]:
    for kind, key in (("platforms", "platforms"), ("laws", "laws")):
        if isinstance(said.get(key), list):
            yield kind, tuple(mark for row in said[key] for mark in _named(row, text))
    if isinstance(said.get("edits"), list):
        edits = [row for row in said["edits"] if row.get("replacement")]
        yield "restored", tuple(_at(row["offset"], row["replacement"]) for row in edits)
    if isinstance(said.get("tips"), list):
        headings = [tip.get("heading") for tip in said["tips"] if tip.get("source") == "subsection"]
        yield "tip-headings", tuple(Mark(0, 0, (heading,)) for heading in headings if heading)


def _named(row: Mapping[str, Any], text: str) -> Iterator[Mark]:
    """Where gold gives no offsets, every place where the surface stands."""
    surface = row["surface"]
    offsets = row.get("offsets")
    if offsets is None:
        offsets = [found.start() for found in re.finditer(re.escape(surface), text)]
    return (_at(offset, surface) for offset in offsets)


def _at(offset: int, words: str) -> Mark:
    return Mark(offset, offset + len(words), (words,))


def _furniture(said: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for row in lines:
        if row.get("label") not in CONTENT_LABELS:
            yield row.get("clean_unrestored") or row.get("raw") or ""
    yield said.get("disclaimer") or ""
    for item in said.get("related") or ():
        yield item.get("title") or ""
        yield item.get("teaser") or ""


def _key(line: str) -> str:
    return "".join(line.split())
