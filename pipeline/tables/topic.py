"""The gazetteer and the taxonomy as tables: whom and what the findings are about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar


@dataclass(frozen=True, slots=True)
class PlatformRow:
    """A lending platform of the gazetteer; a name whose only support is a farm page stands unrelated."""

    table: ClassVar[str] = "platforms"
    platform_id: Annotated[str, "platform"]
    name: Annotated[str, "name"]
    name_en: Annotated[str | None, "English name"]
    category: Annotated[str, "kind of lender"]
    category_zh: Annotated[str, "label of the kind"]
    category_en: Annotated[str, "label of the kind"]
    operator: Annotated[str | None, "company behind it; NULL where confidence is low"]
    parent: Annotated[str | None, "parent company; NULL where confidence is low"]
    status: Annotated[str | None, "operating, defunct; NULL where not known"]
    confidence: Annotated[str, "high, medium or low"]
    source: Annotated[str | None, "where the facts come from"]


@dataclass(frozen=True, slots=True)
class PlatformAlias:
    """A surface under which a platform is named."""

    table: ClassVar[str] = "platform_aliases"
    platform_id: Annotated[str, "platform"]
    alias: Annotated[str, "surface, simplified"]
    tier: Annotated[str, "A clean, B short, C phrase-like, D never alone"]


@dataclass(frozen=True, slots=True)
class MentionRule:
    """A rule by which a mention is admitted, and how often it was right in labelled sentences."""

    table: ClassVar[str] = "mention_rules"
    rule: Annotated[str, "rule, as mentions give it"]
    label_zh: Annotated[str, "what it says"]
    label_en: Annotated[str, "what it says"]
    right: Annotated[int, "of what it found in the labelled sentences, names"]
    found: Annotated[int, "what it found there; half of the sentences are traps"]
    precision: Annotated[float | None, "right of found; NULL where it found nothing there"]


@dataclass(frozen=True, slots=True)
class PracticeKind:
    """A kind of collection practice."""

    table: ClassVar[str] = "practice_kinds"
    practice_id: Annotated[str, "kind"]
    group: Annotated[str, "group of kinds"]
    label_zh: Annotated[str, "label"]
    label_en: Annotated[str, "label"]


@dataclass(frozen=True, slots=True)
class LawKind:
    """A law, rule or hotline that texts cite."""

    table: ClassVar[str] = "law_kinds"
    law_id: Annotated[str, "law"]
    label_zh: Annotated[str, "label"]
    label_en: Annotated[str | None, "label"]
    note: Annotated[str | None, "what else is known of it"]
    kind: Annotated[str, "law, rule or hotline"]
    in_force_since: Annotated[str | None, "day it came into force, ISO; NULL where not known"]
    in_force_until: Annotated[str | None, "day it was repealed, ISO; NULL where it was not"]


@dataclass(frozen=True, slots=True)
class Tip:
    """A canonical piece of advice."""

    table: ClassVar[str] = "tips"
    tip_id: Annotated[str, "tip"]
    label_zh: Annotated[str, "label"]
    label_en: Annotated[str, "label"]
    promotional: Annotated[bool, "advertises an agent"]
