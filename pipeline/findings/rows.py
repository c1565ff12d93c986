"""The topic's own tables for the store."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.findings.definitions import topic_table
from pipeline.findings.gazetteer import Platform, read_platforms
from pipeline.findings.taxonomy import read_taxonomy
from pipeline.tables.topic import LawKind, MentionRule, PlatformAlias, PlatformRow, PracticeKind, Tip
from pipeline.topic import Topic

TopicRow = PlatformRow | PlatformAlias | MentionRule | PracticeKind | LawKind | Tip


def rows(topic: Topic) -> Iterator[TopicRow]:
    platforms, taxonomy = read_platforms(topic), read_taxonomy(topic)
    for platform in platforms:
        yield _platform(platform)
    for platform in platforms:
        for alias in platform.aliases:
            yield PlatformAlias(alias.platform_id, alias.text, alias.tier)
    yield from _rules(topic)
    yield from (practice.kind for practice in taxonomy.practices)
    yield from (law.kind for law in taxonomy.laws)
    yield from (tip.kind for tip in taxonomy.tips)


def _rules(topic: Topic) -> Iterator[MentionRule]:
    """A topic that measures nothing has no `rules.toml`."""
    if "rules" not in topic.tables:
        return
    place, table = topic_table(topic, "rules")
    place.keys(table, ("rule",))
    for row in place.tables(table, "rule"):
        here = place.at(f"rule `{row.get('id', '?')}`")
        here.keys(row, ("id", "zh", "en", "right", "found"))
        rule, zh, en = (here.string(row, key) for key in ("id", "zh", "en"))
        right, found = here.number(row, "right"), here.number(row, "found")
        yield MentionRule(rule, zh, en, right, found, right / found if found else None)


def _platform(platform: Platform) -> PlatformRow:
    """Who stands behind a name is said of somebody: not where confidence is low."""
    facts = dict(platform.facts)
    if platform.confidence == "low":
        facts.update(operator=None, parent=None, status=None)
    return PlatformRow(
        platform.platform_id,
        platform.name,
        facts["name_en"],
        platform.category.category,
        platform.category.label_zh,
        platform.category.label_en,
        facts["operator"],
        facts["parent"],
        facts["status"],
        platform.confidence,
        facts["source"],
    )
