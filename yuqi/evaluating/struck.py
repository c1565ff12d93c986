"""Names of the gazetteer, taken out of it and put into labelled pages: how many of those suggested are names.

Half of the platforms is struck, the half that the pages of one file name; the other half stays, as it would
in a workspace that meets new lenders beside known ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from crawler.definitions import read_toml
from crawler.importing import import_paths
from crawler.workspace import SETTINGS_FILE, open_workspace
from pipeline.build import BuildOptions, build
from pipeline.engine import Local
from pipeline.evaluate.figures import Figure, share
from pipeline.findings.gazetteer import Platform, read_platforms
from pipeline.store.reader import open_latest
from pipeline.store.reports import Filter, report
from pipeline.topic import Topic, load_topic, topic_folder
from yuqi.building import inputs_of
from yuqi.evaluating.unlisted import REPORT, TOP
from yuqi.evaluating.wrong import Report, fault
from yuqi.lock import alone

PART = "unlisted"
SETS = ("held-out", "tuned")  # files of pages, and the halves of the gazetteer that go with them
DRAWS = 3  # times that the names are dealt out anew: one would rest on some fifty names
SLOTS = "abcd"
KINDS_OF_LENDERS = ("bank-generic",)  # 农商银行 is no name that a report could suggest
NEVER_ALONE = "D"  # nor are names of this tier


@dataclass(frozen=True, slots=True)
class Dealt:
    """The pages with names in them, the names that stand there, and all names that are struck."""

    pages: tuple[tuple[str, str], ...]
    standing: frozenset[str]
    struck: frozenset[str]


def struck_figures(told: Report) -> list[Figure]:
    """`told` of each suggestion that is no name of the struck half."""
    topic = load_topic(topic_folder())
    return [figure for number, name in enumerate(SETS) for figure in _of_set(topic, name, number, told)]


def _of_set(topic: Topic, name: str, number: int, told: Report) -> list[Figure]:
    struck = _half(read_platforms(topic), number)
    without = _without(topic, {platform.platform_id for platform in struck})
    right = listed = standing = 0
    for draw in range(DRAWS):
        dealt = _dealt(name, struck, Random(draw))  # noqa: S311 (deals names)
        suggested = _suggested(without, dealt.pages)
        for one in suggested:
            if one not in dealt.struck:
                told(fault(PART, f"{REPORT}, draw {draw}", f"{name}-precision", one, None))
        right += sum(one in dealt.struck for one in suggested)
        listed += len(suggested)
        standing += min(TOP, len(dealt.standing))
    return [
        share(PART, f"{name}-precision", right, listed),
        share(PART, f"{name}-found", right, standing, None),
    ]


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
    """Every slot of every page another platform, under one of its names."""
    pool = [dice.choice(names) for platform in struck if (names := _usable(platform))]
    dice.shuffle(pool)
    at = iter(pool)
    pages, standing = [], set()
    for page in read_toml(topic_folder() / "labelled" / f"unlisted-{name}.toml")["page"]:
        said = page["title"] + page["text"]
        dealt = {slot: next(at) for slot in SLOTS if f"{{{slot}}}" in said}
        standing |= set(dealt.values())
        pages.append((_filled(page["title"], dealt), _filled(page["text"], dealt)))
    every = frozenset(alias.text for platform in struck for alias in platform.aliases)
    return Dealt(tuple(pages), frozenset(standing), every)


def _usable(platform: Platform) -> list[str]:
    return [alias.text for alias in platform.aliases if alias.tier != NEVER_ALONE]


def _filled(said: str, names: Mapping[str, str]) -> str:
    for slot, name in names.items():
        said = said.replace(f"{{{slot}}}", name)
    return said


def _suggested(topic: Topic, pages: Sequence[tuple[str, str]]) -> list[str]:
    """What the report says first of a workspace of these pages."""
    with TemporaryDirectory(prefix="yuqi-evaluate-") as folder:
        (Path(folder) / SETTINGS_FILE).touch()
        place = open_workspace(Path(folder))
        saved = Path(folder) / "pages"
        saved.mkdir()
        for number, said in enumerate(_html(pages)):
            (saved / f"{number}.html").write_text(said, encoding="utf-8")
        import_paths(place, {}, [saved], None, unsourced=True)
        with alone(place), Local(1) as running:
            build(place, inputs_of(place), topic, BuildOptions(datetime.now(UTC), running))
        with open_latest(place) as connection:
            return [str(row["name"]) for row in report(connection, REPORT, Filter(), limit=TOP).rows]


def _html(pages: Sequence[tuple[str, str]]) -> Iterator[str]:
    for title, text in pages:
        paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines() if line)
        yield f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{paragraphs}</body></html>"
