"""A name that a person accepts: an entry for the workspace's own gazetteer."""

from __future__ import annotations

import json
import re

from pypinyin import lazy_pinyin

from crawler.definitions import DefinitionError
from pipeline.findings.cues import read_cues
from pipeline.findings.gazetteer import collisions, read_platforms
from pipeline.plausible import doubts
from pipeline.topic import Topic, overridden

STEM = "platforms"
_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")


def accepted_entry(topic: Topic, name: str, category: str | None, source: str) -> str:
    """TOML of the platform, unrelated to anybody and of low confidence: all that is known is its name.

    Raises DefinitionError where the name is known already, or the entry would be a mistake.
    """
    known = {alias.text: p.platform_id for p in read_platforms(topic) for alias in p.aliases}
    if name in known:
        raise DefinitionError(f"`{name}` is in the gazetteer already: {known[name]}")
    row: dict[str, object] = {
        "id": platform_id(name, {str(held["id"]) for held in topic.tables[STEM]["platform"]}),
        "name": name,
        "aliases": [],
        "category": category or read_cues(topic).unknown.category,
        "confidence": "low",
        "source": source,
    }
    _check(topic, row)
    said = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in row.items())
    return f"\n[[platform]]\n{said}"


def platform_id(name: str, taken: set[str]) -> str:
    """Its pinyin, with a number where another platform has that id.

    >>> platform_id("云朵借", {"yunduojie"})
    'yunduojie-2'
    """
    bare = _NOT_IN_IDS.sub("-", "".join(lazy_pinyin(name)).lower()).strip("-")
    if not bare:
        raise DefinitionError(f"`{name}` has no letter to make an id of")
    ids = [bare, *(f"{bare}-{number}" for number in range(2, len(taken) + 3))]
    return next(one for one in ids if one not in taken)


def _check(topic: Topic, row: dict[str, object]) -> None:
    """The gazetteer with it must still be readable, each name with one owner."""
    with_it = overridden(topic, STEM, {"platform": [row]})
    claimed = collisions(read_platforms(with_it))
    if claimed:
        raise DefinitionError(claimed[0])
    said = f"platform `{row['id']}`"
    if doubt := next((doubt for doubt in doubts(with_it) if said in doubt), None):
        raise DefinitionError(doubt)
