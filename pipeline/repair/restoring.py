"""Deleted words of a whole page: which rules its lines ask for, and what they say of a line met before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.line_memory import LINES, LONGEST, once_a_line
from pipeline.repair.edited import EditedText, Span
from pipeline.repair.lacunae import LacunaRule, by_line, restore, suspected

Rules = tuple[LacunaRule, ...]


@dataclass(eq=False)
class AskedRules:
    """`by_line` for some rules, remembered: the patterns that they need are sought in new lines only."""

    rules: Rules
    known: dict[str, Rules] = field(default_factory=dict)

    def __call__(self, texts: Sequence[str]) -> list[Rules]:
        fresh = list({text for text in texts if text not in self.known})
        if not fresh:
            return [self.known[text] for text in texts]
        found = dict(zip(fresh, map(tuple, by_line(fresh, self.rules)), strict=True))
        said = [found[text] if text in found else self.known[text] for text in texts]
        if len(self.known) + len(found) > LINES:
            self.known.clear()
        self.known.update((text, held) for text, held in found.items() if len(text) <= LONGEST)
        return said


@dataclass(frozen=True, eq=False)
class RulesByUse:
    """One for the rules of each use, and the kinds of edits that show a filter at work."""

    alone: AskedRules
    witnessed: AskedRules
    noting: AskedRules
    kinds: frozenset[str]

    @classmethod
    def of(cls, rules: Rules) -> RulesByUse:
        return cls(
            AskedRules(tuple(rule for rule in rules if rule.alone)),
            AskedRules(tuple(rule for rule in rules if rule.filtered_page)),
            AskedRules(tuple(rule for rule in rules if not rule.alone)),
            frozenset(rule.kind for rule in rules),
        )


@lru_cache(maxsize=8)  # one topic's rules are enough for a build
def by_use(rules: Rules) -> RulesByUse:
    return RulesByUse.of(rules)


def restore_page(lines: Sequence[EditedText], rules: Rules) -> tuple[EditedText, ...]:
    """Puts back what was deleted; last, what needs the rest of the page as a witness (`filtered_page`).

    进行催收 reads well, so the blank of 进行 催收 may be a writer's. It is not where the filter is at work,
    and a filter takes every occurrence: a page that shows 电话 (`absent`) anywhere has not lost it here.
    """
    texts, used = [line.text for line in lines], by_use(rules)
    behind = [*texts[1:], ""]
    near = zip(lines, used.alone(texts), behind, strict=True)
    sure = tuple(_restored(line, held, after) if held else line for line, held, after in near)
    if not any(edit.kind in used.kinds for line in sure for edit in line.edits):
        return sure
    asked = used.witnessed([line.text for line in sure])
    if not any(asked):
        return sure
    whole = "\n".join(texts)
    witnessed = [rule for rule in used.witnessed.rules if rule.absent not in whole]
    near = zip(sure, asked, behind, strict=True)
    return tuple(restore(line, witnessed, after) if held else line for line, held, after in near)


def noted(texts: Sequence[str], rules: Rules) -> list[tuple[Span, ...]]:
    """For each line of a repaired page what its words alone let suspect."""
    held = by_use(rules).noting(texts)
    return [_suspected(text, noting) if noting else () for text, noting in zip(texts, held, strict=True)]


@once_a_line
def _suspected(text: str, rules: Rules) -> tuple[Span, ...]:
    return suspected(text, rules)


def _restored(line: EditedText, rules: Rules, behind: str) -> EditedText:
    by_itself = None if line.edits else _by_itself(line.text, rules)
    return by_itself or restore(line, rules, behind)


@once_a_line
def _by_itself(text: str, rules: Rules) -> EditedText | None:
    """None where a rule finds something at the line's end: there the next line decides."""
    line = EditedText(text)
    for rule in rules:
        spans = list(rule.spans(line.text))
        if any(span.end == len(line.text) for span in spans):
            return None
        line = line.replace(spans) if spans else line
    return line
