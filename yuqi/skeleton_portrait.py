"""A template for people: what it says, who fills it in, where its copies differ; and own sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from explorer.texts import slot_name, with_slots
from yuqi.formats import shown
from yuqi.terminal import clean
from yuqi.words import word

PARTS = frozenset({"found_on", "slots", "sentences", "own_sentences"})
CHANGE, FILLED = re.compile(r"\[-|\{\+"), re.compile("【[^】]*】")
Row = Mapping[str, Any]


def skeleton_lines(thing: Row, limit: int, lang: str) -> Iterator[str]:
    """The parts that this object has; so many sites, fillers and versions of a sentence as `limit` says."""
    say = partial(word, lang, "show")
    if "found_on" in thing:
        yield from ("", f"■ {say('found-on')} ({len(thing['found_on'])})")
        yield from _cut([_site(row, lang) for row in thing["found_on"]], limit, lang)
    if "slots" in thing:
        yield from ("", f"■ {say('slots')} ({len(thing['slots'])})")
        yield from (_slot(row, limit, lang) for row in thing["slots"])
    if thing.get("sentences"):
        compared = thing["sentences"][0]["n_compared"]
        yield from ("", f"■ {say('sentences', compared=compared)} ({len(thing['sentences'])})")
        for row in thing["sentences"]:
            yield from _sentence(row, limit, lang)
    if "own_sentences" in thing:
        yield from ("", f"■ {say('own-sentences')} ({len(thing['own_sentences'])})")
        yield from _cut([f"· {clean(row['text'].strip())}" for row in thing["own_sentences"]], limit, lang)


def _cut(lines: Sequence[str], limit: int, lang: str) -> Iterator[str]:
    yield from lines[:limit]
    if len(lines) > limit:
        yield word(lang, "show", "cut", shown=limit, all=len(lines))


def _site(row: Row, lang: str) -> str:
    seen = word(lang, "show", "first-seen", seen=shown(row["first_seen_at"]))
    counts = word(lang, "show", "on-site", pages=row["pages"], stories=row["stories"])
    return f"· {clean(row['site_id'])}  {counts}  {seen}"


def _slot(row: Row, limit: int, lang: str) -> str:
    places = word(lang, "show", "places", places=row["n_places"], fillers=row["n_fillers"])
    fillers = [
        f"{clean(filler['surface'])}{_known(filler)} {filler['n_stories']}" for filler in row["fillers"]
    ]
    more = [word(lang, "show", "more", count=len(fillers) - limit)] if len(fillers) > limit else []
    return f"· 【{clean(slot_name(lang, row['slot']))}】 {places}: {', '.join([*fillers[:limit], *more])}"


def _known(filler: Row) -> str:
    return f" ({clean(filler['platform_id'])})" if filler["platform_id"] else ""


def _sentence(row: Row, limit: int, lang: str) -> Iterator[str]:
    """The wording, how many stories have it, and below it every version that differs by more than fillers."""
    share = f"{row['n_stories']}/{row['n_compared']}"
    moved = word(lang, "show", "moved", count=row["n_moved"]) if row["n_moved"] else ""
    mark = "#" if row["is_heading"] else " "
    yield f"{mark} {share:>5}  {clean(with_slots(lang, row['text']))}{moved}"
    yield from _cut([_version(versions) for versions in _differing(row["versions"])], limit, lang)


def _differing(versions: Sequence[Row]) -> list[list[Row]]:
    """Versions in other words than the wording, together where only what is filled in differs; most first."""
    alike: defaultdict[str, list[Row]] = defaultdict(list)
    for version in versions:
        if CHANGE.search(version["marked"]):
            alike[FILLED.sub("", version["marked"])].append(version)
    return sorted(alike.values(), key=len, reverse=True)


def _version(versions: Sequence[Row]) -> str:
    first = versions[0]
    times = f" ×{len(versions)}" if len(versions) > 1 else ""
    return f"         ~{times} {clean(first['story_id'] or first['article_id'])}  {clean(first['marked'])}"
