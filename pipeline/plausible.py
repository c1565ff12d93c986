"""Whether what a gazetteer says can be so: what a reader of entries accepts and a person would not."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.definitions import DefinitionError
from pipeline.findings.cues import read_cues
from pipeline.findings.gazetteer import NEVER_ALONE, Alias, Platform, read_platforms
from pipeline.findings.tokens import is_ordinary
from pipeline.repair.punctuation import normal_width
from pipeline.script import simplify
from pipeline.topic import Topic

CLAIMS = ("operator", "parent", "status")
# What people write where they do not know; such a claim is to be left out.
NOT_KNOWN = frozenset({
    "未知", "不详", "不明", "无", "暂无", "待查", "待核实", "未核实", "待定", "未公开", "unknown", "none",
    "n/a", "na", "null", "tbd", "?", "？", "-", "—",
})  # fmt: skip


def doubts(topic: Topic) -> list[str]:
    """By file and entry; empty where nothing is doubtful or the tables cannot be read at all."""
    try:
        platforms, cues = read_platforms(topic), read_cues(topic)
    except DefinitionError:
        return []  # `check_topic` says why
    words = frozenset({*cues.gate_words, *cues.unknown.ordinary})
    file = topic.file("platforms")
    return [f"{file}: platform `{p.platform_id}`: {said}" for p in platforms for said in _doubts(p, words)]


def _doubts(platform: Platform, words: frozenset[str]) -> Iterator[str]:
    for claim in CLAIMS:
        said = platform.facts[claim]
        if said is not None and said.strip().casefold() in NOT_KNOWN:
            yield f"`{claim}` says `{said}`; leave out what is not known"
        elif said is not None and platform.facts["source"] is None:
            yield f"`{claim}` has no `source`"
    if platform.confidence != "low" and platform.facts["source"] is None:
        yield f"confidence {platform.confidence} has no `source`"
    for alias in platform.aliases:
        if said := _doubt(alias, words):
            yield f"alias `{alias.text}`: {said}"


def _doubt(alias: Alias, words: frozenset[str]) -> str | None:
    """随心借 may be clean; 放心 and 信用卡 are words, of which every page would make mentions."""
    if alias.tier != NEVER_ALONE and alias.text in words:
        return "a word of the topic itself names nobody"
    if alias.tier == "A" and is_ordinary(alias.text):
        return "an ordinary word cannot be of tier A; give it `tier` C and `word = true`"
    if normal_width(simplify(alias.text, "mixed")) != alias.text:
        return "is never found: texts are in simplified script and half-width letters"
    return None
