"""Words that a site's filter deleted: 催收问也让 was 催收问题也让."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.records import Confidence
from pipeline.repair.edited import EditedText, Span

BLANK_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff、，]) (?=[\u4e00-\u9fff、，。；])")
STOPS = re.compile("[，。！？；,!?;]")
HAN_PER_BLANK = 8  # a line with more blanks is a list of tags or a menu; a filter takes one word a sentence
SET = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True)
class LacunaRule:
    """One pattern of repair.toml; its group `gap` is what was lost."""

    id: str
    kind: str
    action: Literal["restore", "note"]
    pattern: re.Pattern[str]
    replacement: str
    confidence: Confidence
    in_sentence: bool = False
    filtered_page: bool = False

    def spans(self, text: str) -> Iterator[Span]:
        if self.in_sentence and not is_sentence(text):
            return
        for match in self.pattern.finditer(text):
            group = str(match.lastgroup)
            start, end = match.span(group)
            yield Span(start, end, self.replacement, self.kind, self.confidence)


def restore_page(lines: Sequence[EditedText], rules: Sequence[LacunaRule]) -> tuple[EditedText, ...]:
    """Puts back what was deleted; last, what needs the rest of the page as a witness (`filtered_page`).

    进行催收 reads well, so the blank of 进行 催收 may be a writer's. It is not where the filter is at work,
    and a filter takes every occurrence: a page that shows 电话 anywhere has not lost it here.
    """
    sure = tuple(restore(line, (rule for rule in rules if not rule.filtered_page)) for line in lines)
    kinds = {rule.kind for rule in rules}
    if not any(edit.kind in kinds for line in sure for edit in line.edits):
        return sure
    whole = "\n".join(line.text for line in lines)
    witnessed = [rule for rule in rules if rule.filtered_page and rule.replacement not in whole]
    return tuple(restore(line, witnessed) for line in sure)


def restore(line: EditedText, rules: Iterable[LacunaRule]) -> EditedText:
    """Puts back, rule by rule, what a rule of action `restore` is sure of.

    Damage: a filter against unwelcome words takes 电话, 维权 or the 题 of 问题 out of every text; often a
    blank stays behind, and then the blank itself is the evidence. Left alone: 疑问, 访问, and whatever no
    pattern knows.
    """
    for rule in rules:
        if rule.action == "restore" and (spans := list(rule.spans(line.text))):
            line = line.replace(spans)
    return line


def suspected(text: str, rules: Iterable[LacunaRule]) -> tuple[Span, ...]:
    """Where a word may be missing, or another one standing, without a rule that may be trusted here."""
    found: dict[tuple[int, int], Span] = {}
    for rule in rules:
        if rule.action == "note" or rule.filtered_page:
            for span in rule.spans(text):
                found.setdefault((span.start, span.end), span)  # the rule that knows the word comes first
    return tuple(found.values())


def is_sentence(text: str) -> bool:
    """Running text, in which a blank between Han is not a writer's.

    >>> is_sentence("频繁的催收 和短信，让人焦虑。"), is_sentence("逾期 催收 协商")
    (True, False)
    """
    blanks = len(BLANK_BETWEEN_HAN.findall(text))
    return bool(STOPS.search(text)) and blanks * HAN_PER_BLANK <= len(text)


def lacuna_rules(table: dict[str, Any]) -> tuple[LacunaRule, ...]:
    """From repair.toml; `positive`, `negative` and `leaves` are for people and tests."""
    sets = {name: "(?:" + "|".join(words) + ")" for name, words in table.get("sets", {}).items()}
    return tuple(_rule(row, sets) for row in table.get("lacuna", []))


def _rule(row: dict[str, Any], sets: dict[str, str]) -> LacunaRule:
    return LacunaRule(
        row["id"],
        row["kind"],
        row["action"],
        re.compile(SET.sub(lambda match: sets[match[1]], row["pattern"])),
        row["replacement"],
        row["confidence"],
        row.get("in_sentence", False),
        row.get("filtered_page", False),
    )
