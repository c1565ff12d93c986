"""The text of one page, repaired: misalignment, annotations, script, deleted words, width."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.records import Script
from pipeline.redact import RedactWords
from pipeline.repair.annotations import strip_annotations
from pipeline.repair.edited import EditedText, Span, inverted, page_span
from pipeline.repair.lacunae import LacunaRule, lacuna_rules, restore_page, suspected
from pipeline.repair.misalignment import realign
from pipeline.repair.punctuation import normal_width
from pipeline.script import script_of, simplify
from pipeline.topic import Topic


@dataclass(frozen=True)
class RepairRules:
    """See datasets/overdue/repair.toml."""

    lacunae: tuple[LacunaRule, ...]
    redact: RedactWords


@dataclass(frozen=True, slots=True)
class RepairedLine:
    """One line; `original` is as long as `edited.undo()` and says the same in the page's own script."""

    original: str
    edited: EditedText
    notes: tuple[Span, ...]  # suspected damage, in the edited text

    @property
    def text(self) -> str:
        return self.edited.text


@dataclass(frozen=True, slots=True)
class RepairedPage:
    title: RepairedLine
    lines: tuple[RepairedLine, ...]
    script: Script


def load_rules(topic: Topic) -> RepairRules:
    table = topic.tables["repair"]
    return RepairRules(lacuna_rules(table), RedactWords.of(table["redact"]))


def repair_page(title: str, lines: Sequence[str], rules: RepairRules) -> RepairedPage:
    """What the page meant to say, with a log of every change of words.

    The order matters: pinyin confirms a misaligned run, so annotations go after it; the conversion of the
    script wants whole words; the patterns of deleted words are written in simplified script.
    """
    originals = [unicodedata.normalize("NFC", text) for text in (title, *lines)]
    aligned, doubts = realign(originals)
    bare = strip_annotations(aligned)
    script = script_of(line.text for line in bare)
    simplified = [line.map_chars(lambda text: simplify(text, script)) for line in bare]
    whole = [line.map_chars(normal_width) for line in restore_page(simplified, rules.lacunae)]
    repaired = [
        RepairedLine(original, line, tuple(_notes(line, doubt, script, rules.lacunae)))
        for original, line, doubt in zip(originals, whole, doubts, strict=True)
    ]
    return RepairedPage(repaired[0], tuple(repaired[1:]), script)


def _notes(
    line: EditedText, doubts: Iterable[Span], script: Script, rules: Iterable[LacunaRule]
) -> Iterator[Span]:
    """What was left alone, at its place in the text; doubts are at their place in the page's words."""
    back = inverted(line)
    for doubt in doubts:
        start, end = page_span(back, doubt.start, doubt.end)
        yield doubt._replace(start=start, end=end, replacement=simplify(doubt.replacement, script))
    yield from suspected(line.text, rules)
