"""The samples' words: templates, lenders, fragments and sites, read once from the data files."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from yuqi.samples.markup import RawLine

DATA = Path(__file__).resolve().parent / "data"
SECTIONS = 5  # numbered sections of every template; slot 0 is title, intro and summary

LayoutName = Literal["soup", "table", "article", "zblog"]


@dataclass(frozen=True, slots=True)
class Lender:
    platform_id: str
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """`slots[0]` is the intro, `slots[1:]` the sections, each its heading first."""

    key: str
    titles: tuple[str, ...]
    slots: tuple[tuple[RawLine, ...], ...]
    summary: tuple[RawLine, ...]


@dataclass(frozen=True, slots=True)
class Lacuna:
    """A word that a site's filter deletes, and where the gap can be filled again."""

    kind: str
    word: str
    keep: str
    left: str
    expected: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class SampleSite:
    """One sample site, as `sites.toml` describes it."""

    id: str
    name: str
    layout: LayoutName
    operator: str
    script: Literal["hans", "hant"] = "hans"
    annotated: float = 0.0  # share of the changed characters that carry pinyin
    misaligned: bool = False
    filter: bool = False
    half_width: bool = False
    encoding: str = "utf-8"  # of the bytes
    meta_charset: str = "utf-8"  # declared in the page
    header_charset: str = ""  # declared in Content-Type
    gzip: bool = False
    sitemap: bool = False
    robots: bool = True
    patterns: bool = False
    phone: str = ""
    email: str = ""
    qq: str = ""
    icp: str = ""
    analytics: str = ""
    advert: str = ""


@cache
def table(stem: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{stem}.toml").read_text(encoding="utf-8"))


@cache
def lenders() -> tuple[Lender, ...]:
    return tuple(Lender(f"sample-{row[0]}", row[1], tuple(row[2:])) for row in table("platforms")["names"])


@cache
def sample_sites() -> tuple[SampleSite, ...]:
    return tuple(SampleSite(**row) for row in table("sites")["site"])


@cache
def lacunae() -> tuple[Lacuna, ...]:
    return tuple(
        Lacuna(row["kind"], row["word"], row["keep"], row["left"], tuple(map(re.compile, row["expected"])))
        for row in table("lacunae")["lacuna"]
    )


@cache
def templates() -> tuple[Template, ...]:
    return tuple(_template(path) for path in sorted((DATA / "templates").glob("*.txt")))


def _template(path: Path) -> Template:
    titles: list[str] = []
    parts: dict[str, list[RawLine]] = {}
    current: list[RawLine] = []
    for said in path.read_text(encoding="utf-8").splitlines():
        label, _, rest = said.partition(" ")
        if label == "@title":
            titles.append(rest)
        elif label.startswith("@"):
            current = parts.setdefault(label[1:], [])
            if rest:
                current.append(RawLine("heading", 1, rest))
        elif said:
            current.append(raw_line(said))
    slots = tuple(tuple(parts[key]) for key in ("intro", *map(str, range(1, SECTIONS + 1))))
    return Template(path.stem, tuple(titles), slots, tuple(parts["summary"]))


def raw_line(said: str) -> RawLine:
    """`## ` is a sub-heading, `- ` a list item, all else a paragraph."""
    if said.startswith("## "):
        return RawLine("heading", 2, said[3:])
    if said.startswith("- "):
        return RawLine("list-item", 0, said[2:])
    return RawLine("paragraph", 0, said)
