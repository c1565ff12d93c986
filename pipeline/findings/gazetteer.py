"""The topic's platforms and the surfaces under which they are named."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial
from typing import Any

from crawler.definitions import DefinitionError
from pipeline.findings.changes import changed
from pipeline.findings.definitions import Place, topic_table
from pipeline.topic import Topic

TIERS = ("A", "B", "C", "D")
NEVER_ALONE = "D"
CONFIDENCES = ("high", "medium", "low")
STATUSES = ("operating", "defunct")
CLEAN_FROM = 3  # a name of so many characters is taken to be one, unless its entry says otherwise

_APART = re.compile(r"(?<=[0-9A-Za-z])(?=[一-鿿])|(?<=[一-鿿])(?=[0-9A-Za-z])")
_REQUIRED = ("id", "name", "category")
_OPTIONAL = ("name_en", "aliases", "operator", "parent", "status", "confidence", "source")
_AROUND = (
    "not_after", "not_before", "but_before", "only_after", "only_before", "cue_after", "cue_before", "behind",
)  # fmt: skip
_OF_ENDINGS = ("not_after", "not_before", "but_before", "cue_before")
_ALIAS_KEYS = ("tier", *_AROUND, "token", "word", "shared")


@dataclass(frozen=True, slots=True)
class Alias:
    """One surface of a platform and where it may stand."""

    platform_id: str
    text: str
    tier: str
    token: bool
    word: bool
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    but_before: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()
    cue_after: tuple[str, ...] = ()
    cue_before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()  # of Han only these may stand directly before it; none: any may
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of lender."""

    category: str
    label_zh: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Platform:
    """One entry of platforms.toml; the name is among its aliases."""

    platform_id: str
    name: str
    category: Category
    confidence: str
    facts: Mapping[str, str | None]  # name_en, operator, parent, status, source
    aliases: tuple[Alias, ...]


def read_platforms(topic: Topic) -> tuple[Platform, ...]:
    place = topic_table(topic, "platforms")[0]
    platforms = tuple(read() for read in _entries(topic))
    seen: set[str] = set()
    for platform in platforms:
        if platform.platform_id in seen:
            raise place.error(f"platform `{platform.platform_id}` stands twice")
        seen.add(platform.platform_id)
    return platforms


def platform_mistakes(topic: Topic) -> list[str]:
    """One for each entry that cannot be read, else what is wrong with all of them together."""
    try:
        entries = _entries(topic)
    except DefinitionError as error:
        return [str(error)]
    of_entries = list(filter(None, map(mistake, entries)))
    return of_entries or list(filter(None, [mistake(partial(read_platforms, topic))]))


def mistake(read: Callable[[], object]) -> str | None:
    """What a reader of a table says against it."""
    try:
        read()
    except DefinitionError as error:
        return str(error)
    return None


def _entries(topic: Topic) -> list[Callable[[], Platform]]:
    """A reader of each entry, as it is after a workspace's changes."""
    place, table = topic_table(topic, "platforms")
    place.keys(table, ("platform",), ("categories", "change", "ending"))
    categories = _categories(place, table)
    endings = [one for row in place.tables(table, "ending") for one in _endings(place.at("ending"), row)]
    rows = changed(place, place.tables(table, "platform"), place.tables(table, "change"))
    return [partial(_platform, place, row, categories, endings) for row in rows]


def collisions(platforms: Iterable[Platform]) -> list[str]:
    """Surfaces that two platforms claim: a mention could not be told apart, unless all of them share it."""
    owners: dict[str, set[str]] = defaultdict(set)
    claimed = set[str]()
    for platform in platforms:
        for alias in platform.aliases:
            text = alias.text.casefold()
            owners[text].add(platform.platform_id)
            claimed |= {text} if not alias.shared else set()
    return [
        f"alias `{text}` belongs to {' and '.join(sorted(ids))}"
        for text, ids in sorted(owners.items())
        if len(ids) > 1 and text in claimed
    ]


def forms(alias: Alias) -> tuple[Alias, ...]:
    """It, and as it is typed with spaces between Latin letters or digits and Han: 360 借条, 融 e 借.

    A space stands before the digits then as well, so that it may not follow what they may not: 每月 360 分期.
    """
    apart = _APART.sub(" ", alias.text)
    if apart == alias.text:
        return (alias,)
    not_after = (*alias.not_after, *(f"{word} " for word in alias.not_after))
    return alias, replace(alias, text=apart, not_after=not_after)


def default_tier(text: str) -> str:
    """C for a bare number, A from three characters on, else B: short names are parts of other words."""
    if text.isdigit():
        return "C"
    return "A" if len(text) >= CLEAN_FROM else "B"


def _categories(place: Place, table: Mapping[str, Any]) -> dict[str, Category]:
    held: dict[str, Category] = {}
    for row in place.tables(table, "categories"):
        here = place.at(f"category `{row.get('id', '?')}`")
        here.keys(row, ("id", "zh", "en"))
        category = Category(*(here.string(row, key) for key in ("id", "zh", "en")))
        if category.category in held:
            raise here.error("stands twice")
        held[category.category] = category
    return held


def _platform(
    place: Place, row: Mapping[str, Any], categories: Mapping[str, Category], endings: list[Alias]
) -> Platform:
    here = place.at(f"platform `{row.get('id', row.get('name', '?'))}`")
    here.keys(row, _REQUIRED, _OPTIONAL)
    platform_id, name, category = (here.string(row, key) for key in _REQUIRED)
    if (
        platform_id != platform_id.lower()
        or not platform_id.replace("-", "").isalnum()
        or not platform_id.isascii()
    ):
        raise here.error("`id` must be kebab-case")
    if category not in categories:
        near = get_close_matches(category, categories, n=1)
        raise here.error(
            f"no category `{category}`; "
            + (f"did you mean `{near[0]}`?" if near else f"known: {', '.join(categories)}")
        )
    confidence = here.optional(row, "confidence") or "low"
    if confidence not in CONFIDENCES:
        raise here.error(f"`confidence` must be one of {', '.join(CONFIDENCES)}")
    if "status" in row and here.string(row, "status") not in STATUSES:
        raise here.error(f"`status` must be one of {', '.join(STATUSES)}; leave it out where it is not known")
    facts = {key: here.optional(row, key) for key in ("name_en", "operator", "parent", "status", "source")}
    return Platform(platform_id, name, categories[category], confidence, facts, _aliases(here, row, endings))


def _aliases(here: Place, row: Mapping[str, Any], endings: list[Alias]) -> tuple[Alias, ...]:
    """The name first, unless an alias entry gives it rules of its own."""
    listed = row.get("aliases", [])
    if not isinstance(listed, list):
        raise here.error("`aliases` must be a list of texts and tables")
    entries = [{"text": entry} if isinstance(entry, str) else entry for entry in listed]
    if not all(isinstance(entry, dict) for entry in entries):
        raise here.error("`aliases` must be a list of texts and tables")
    if all(entry.get("text") != row["name"] for entry in entries):
        entries = [{"text": row["name"]}, *entries]
    aliases = tuple(_alias(here, str(row["id"]), entry, endings) for entry in entries)
    if len({alias.text for alias in aliases}) < len(aliases):
        raise here.error("an alias stands twice")
    return aliases


def _alias(here: Place, platform_id: str, entry: Mapping[str, Any], endings: list[Alias]) -> Alias:
    text = here.string(entry, "text")
    here = here.at(f"{here.entry}, alias `{text}`")
    here.keys(entry, ("text",), _ALIAS_KEYS)
    shared = here.flag(entry, "shared")
    tier = here.optional(entry, "tier") or (NEVER_ALONE if shared else default_tier(text))
    if tier not in TIERS:
        raise here.error(f"`tier` must be one of {', '.join(TIERS)}")
    if shared and tier != NEVER_ALONE:
        raise here.error(f"what several platforms share is of tier {NEVER_ALONE}")
    if text != text.strip() or "\n" in text or (len(text) < 2 and tier != NEVER_ALONE):
        raise here.error("must have two characters or more, and no white space around it")
    token, word = entry.get("token", tier != "A"), entry.get("word", False)
    if not isinstance(token, bool) or not isinstance(word, bool):
        raise here.error("`token` and `word` must be true or false")
    around = {key: here.strings(entry, key) for key in _AROUND}
    for rule in endings:
        if text.endswith(rule.text) and (not rule.tier or tier in rule.tier):
            around = {key: (*held, *getattr(rule, key)) for key, held in around.items()}
    return Alias(platform_id, text, tier, token, word, **around, shared=shared)


def _endings(place: Place, row: Mapping[str, Any]) -> Iterator[Alias]:
    """Rules for every alias with one of these endings, or, without any, for all; `tiers`: for those alone."""
    place.keys(row, (), ("text", "tiers", *_OF_ENDINGS))
    rules = {key: place.strings(row, key) for key in _OF_ENDINGS}
    tiers = "".join(place.strings(row, "tiers"))
    several = isinstance(row.get("text"), list)
    for text in place.strings(row, "text") if several else [place.optional(row, "text") or ""]:
        yield Alias("", text, tiers, False, False, **rules, shared=False)
