"""Ambiguous names in sentences of our own: where they are names they must be found, elsewhere not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.evaluate.figures import Figure, share
from pipeline.records import Mention

PART = "contexts"


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, the first place of an alias in it, and whether that names the platform (None: any)."""

    alias: str
    platform: str | None
    sentence: str
    is_name: bool

    def rule(self, mentions: Iterable[Mention]) -> str | None:
        """The rule that found a lender over that place; a means of payment is none."""
        start = self.sentence.index(self.alias)
        end = start + len(self.alias)
        for mention in mentions:
            touches = mention.field == "text" and mention.char_start < end and mention.char_end > start
            if touches and mention.role != "channel" and self.platform in (None, mention.platform_id):
                return mention.rule
        return None


@dataclass(frozen=True, slots=True)
class Tried:
    """A case, and the rule by which something was found there, if any."""

    case: Case
    rule: str | None

    @property
    def is_right(self) -> bool:
        return (self.rule is not None) == self.case.is_name


def context_figures(name: str, tried: Iterable[Tried]) -> list[Figure]:
    """`name` says which sentences in which setting."""
    held = list(tried)
    names = [one for one in held if one.case.is_name]
    others = [one for one in held if not one.case.is_name]
    kept = sum(one.is_right for one in names)
    fired = sum(not one.is_right for one in others)
    return [
        share(PART, f"{name}-names-kept", kept, len(names)),
        share(PART, f"{name}-others-fire", fired, len(others), "high"),
        share(PART, f"{name}-precision", kept, kept + fired),
    ]
