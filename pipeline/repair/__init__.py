"""The text of one page, repaired: misalignment, misreading, annotations, script, deleted words, width."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from pipeline.records import Script
from pipeline.redact import RedactWords, redact
from pipeline.repair.annotations import strip_annotations
from pipeline.repair.edited import EditedText, Span, inverted, page_spans
from pipeline.repair.lacunae import LacunaRule, lacuna_rules
from pipeline.repair.misalignment import realign
from pipeline.repair.misread import reread_page
from pipeline.repair.punctuation import normal_width
from pipeline.repair.restoring import Rules, noted, restore_page
from pipeline.script import script_of, simplify
from pipeline.topic import Topic


@dataclass(frozen=True)
class RepairRules:
    """See datasets/overdue/repair.toml. `topic`: what they were read from; a worker reads it again, once."""

    lacunae: tuple[LacunaRule, ...]
    redact: RedactWords
    topic: Topic | None = field(default=None, repr=False, compare=False)

    def __reduce__(self) -> tuple[Callable[..., RepairRules], tuple[Any, ...]]:
        return (kept_rules, (self.topic,)) if self.topic else (RepairRules, (self.lacunae, self.redact))


class RepairedLine(NamedTuple):  # a page has hundreds: see RawLine
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
    return RepairRules(lacuna_rules(table), RedactWords.of(table["redact"]), topic)


@lru_cache(maxsize=1)
def kept_rules(topic: Topic) -> RepairRules:
    """The same for one topic in one process, or in all that are forked from it."""
    return load_rules(topic)


def repair_page(title: str, lines: Sequence[str], rules: RepairRules) -> RepairedPage:
    """What the page meant to say, with a log of every change of words.

    The order matters: pinyin confirms a misaligned run, so annotations go after it; the conversion of the
    script wants whole words; the patterns of deleted words are written in simplified script.
    """
    originals = [unicodedata.normalize("NFC", text) for text in (title, *lines)]
    aligned, doubts = realign(originals)
    reread, unread = reread_page(aligned, lambda said: redact(said, rules.redact) != said)
    lost = zip(doubts, aligned, unread, strict=True)
    left = [(*doubt, *_on_page(line, more)) for doubt, line, more in lost]
    bare = strip_annotations(reread)
    script = script_of(line.text for line in bare)
    simplified = _simplified(bare, script)
    whole = [line.map_chars(normal_width) for line in restore_page(simplified, rules.lacunae)]
    notes = _notes(whole, left, script, rules.lacunae)
    repaired = [RepairedLine(*line) for line in zip(originals, whole, notes, strict=True)]
    return RepairedPage(repaired[0], tuple(repaired[1:]), script)


def _simplified(lines: Sequence[EditedText], script: Script) -> Sequence[EditedText]:
    if script == "hans":
        return lines
    return [line.map_chars(lambda text: simplify(text, script)) for line in lines]


def _notes(
    lines: Sequence[EditedText], doubts: Sequence[Sequence[Span]], script: Script, rules: Rules
) -> Iterator[tuple[Span, ...]]:
    """For each line what was left alone, at its place in the text."""
    suspected = noted([line.text for line in lines], rules)
    for line, doubt, found in zip(lines, doubts, suspected, strict=True):
        yield (*_moved(line, doubt, script), *found) if doubt else found


def _on_page(line: EditedText, spans: Iterable[Span]) -> Iterator[Span]:
    """Spans of a line at their places in the page's words."""
    for span in spans:
        start, end = line.page_span(span.start, span.end)
        yield span._replace(start=start, end=end)


def _moved(line: EditedText, doubts: Sequence[Span], script: Script) -> Iterator[Span]:
    """Doubts are at their place in the page's words."""
    places = page_spans(inverted(line), ((doubt.start, doubt.end) for doubt in doubts))
    for doubt, (start, end) in zip(doubts, places, strict=True):
        yield doubt._replace(start=start, end=end, replacement=simplify(doubt.replacement, script))
