"""Names of the gazetteer, taken out of it and put into labelled pages: how many of those suggested are names.

Half of the platforms is struck, the half that the pages of one file name; the other half stays, as it would
in a workspace that meets new lenders beside known ones. Where the pages are more than the names these come
again, and a page of which there are copies stands on as many sites, with other names on each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from crawler.definitions import read_toml
from crawler.importing import import_paths
from crawler.workspace import SETTINGS_FILE, open_workspace
from pipeline.build import BuildOptions, build
from pipeline.engine import Local
from pipeline.evaluate.figures import Figure, share
from pipeline.findings.gazetteer import NEVER_ALONE, Platform, read_platforms
from pipeline.store.reader import open_latest
from pipeline.store.reports import Filter, report
from pipeline.topic import Topic, load_topic, topic_folder
from yuqi.building import inputs_of
from yuqi.evaluating.unlisted import REPORT, TOP
from yuqi.evaluating.wrong import Report, fault
from yuqi.lock import alone

PART = "unlisted"
# Files of pages, and the halves of the gazetteer that go with them
SETS = {"held-out": 0, "tuned": 1, "wide": 0}
SITES = 8  # that the pages are dealt over
DRAWS = 3  # times that the names are dealt out anew: one would rest on some fifty names
SLOTS = "abcd"
MOST_NAMES = 90  # of one deal: more than are listed first, few enough that names come again on the wide pages
KINDS_OF_LENDERS = ("bank-generic",)  # 农商银行 is no name that a report could suggest


class Page(NamedTuple):
    site: int  # of several, where the same page stands with other names
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Dealt:
    """The pages with names in them, the names that stand there, and all names that are struck."""

    pages: tuple[Page, ...]
    standing: frozenset[str]
    struck: frozenset[str]


def struck_figures(told: Report) -> list[Figure]:
    """`told` of each suggestion that is no name of the struck half."""
    topic = load_topic(topic_folder())
    return [figure for name, number in SETS.items() for figure in _of_set(topic, name, number, told)]


def _of_set(topic: Topic, name: str, number: int, told: Report) -> list[Figure]:
    struck = _half(read_platforms(topic), number)
    without = _without(topic, {platform.platform_id for platform in struck})
    first: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for draw in range(DRAWS):
        dealt = _dealt(name, struck, Random(draw))  # noqa: S311 (deals names)
        suggested = _suggested(without, dealt.pages)
        for one in suggested:
            if one not in dealt.struck:
                told(fault(PART, f"{REPORT}, draw {draw}", f"{name}-precision", one, None))
        first.update(_counted(suggested[:TOP], dealt))
        every.update(_counted(suggested, dealt))
    return [
        share(PART, f"{name}-precision", first["right"], first["listed"]),
        share(PART, f"{name}-found", first["right"], first["findable"], None),
        share(PART, f"{name}-all-precision", every["right"], every["listed"]),
        share(PART, f"{name}-all-found", every["found"], every["standing"], None),
    ]


def _counted(suggested: Sequence[str], dealt: Dealt) -> dict[str, int]:
    """`findable`: as many as the first rows could show, at most."""
    return {
        "right": sum(one in dealt.struck for one in suggested),
        "listed": len(suggested),
        "found": len(dealt.standing.intersection(suggested)),
        "standing": len(dealt.standing),
        "findable": min(TOP, len(dealt.standing)),
    }


def _half(platforms: Sequence[Platform], number: int) -> list[Platform]:
    """Every second platform of a fixed shuffle."""
    held = [platform for platform in platforms if platform.category.category not in KINDS_OF_LENDERS]
    Random(0).shuffle(held)  # noqa: S311
    return held[number :: len(SETS)]


def _without(topic: Topic, ids: set[str]) -> Topic:
    table = topic.tables["platforms"]
    kept = [row for row in table["platform"] if row["id"] not in ids]
    return Topic(topic.name, {**topic.tables, "platforms": {**table, "platform": kept}})


def _dealt(name: str, struck: Sequence[Platform], dice: Random) -> Dealt:
    """Every slot of every page another platform, under one of its names, until all were named."""
    pool = [dice.choice(names) for platform in struck if (names := _usable(platform))]
    dice.shuffle(pool)
    at = cycle(pool[:MOST_NAMES])
    pages, standing = [], set()
    for number, page in enumerate(read_toml(topic_folder() / "labelled" / f"unlisted-{name}.toml")["page"]):
        said = page["title"] + page["text"]
        for copy in range(page.get("copies", 1)):
            dealt = {slot: next(at) for slot in SLOTS if f"{{{slot}}}" in said}
            standing |= set(dealt.values())
            texts = (_filled(page["title"], dealt), _filled(page["text"], dealt))
            pages.append(Page((number + copy) % SITES, *texts))
    every = frozenset(alias.text for platform in struck for alias in platform.aliases)
    return Dealt(tuple(pages), frozenset(standing), every)


def _usable(platform: Platform) -> list[str]:
    return [alias.text for alias in platform.aliases if alias.tier != NEVER_ALONE]


def _filled(said: str, names: Mapping[str, str]) -> str:
    for slot, name in names.items():
        said = said.replace(f"{{{slot}}}", name)
    return said


def _suggested(topic: Topic, pages: Sequence[Page]) -> list[str]:
    """What the report says of a workspace of these pages, in its order."""
    with TemporaryDirectory(prefix="yuqi-evaluate-") as folder:
        (Path(folder) / SETTINGS_FILE).touch()
        place = open_workspace(Path(folder))
        for site in sorted({page.site for page in pages}):
            import_paths(place, {}, [_saved(Path(folder), site, pages)], f"site-{site}")
        with alone(place), inputs_of(place) as inputs, Local(1) as running:
            build(place, inputs, topic, BuildOptions(datetime.now(UTC), running))
        with open_latest(place) as connection:
            return [str(row["name"]) for row in report(connection, REPORT, Filter()).rows]


def _saved(folder: Path, site: int, pages: Sequence[Page]) -> Path:
    """The pages of one site as files."""
    saved = folder / f"pages-{site}"
    saved.mkdir()
    for number, page in enumerate(pages):
        if page.site == site:
            (saved / f"{number}.html").write_text(_html(page, number), encoding="utf-8")
    return saved


def _html(page: Page, number: int) -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in page.text.splitlines() if line)
    link = f'<link rel="canonical" href="http://site-{page.site}.example.com/{number}.html">'
    head = f"<title>{page.title}</title>{link}"
    return f"<html><head>{head}</head><body><h1>{page.title}</h1>{paragraphs}</body></html>"
