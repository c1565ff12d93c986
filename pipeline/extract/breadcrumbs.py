"""Breadcrumbs that the markup calls so: a list named for them, schema.org's BreadcrumbList."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.extract.clean import fold
from pipeline.extract.metadata import Metadata, Said
from pipeline.extract.scan.signs import TRAIL

LABEL, LABELLED = "aria-label", "面包屑"
_PLACES = ("class", "id", "itemtype", LABEL)
NAMED = ", ".join((*(f'[{place}*="crumb" i]' for place in _PLACES), f'[{LABEL}*="{LABELLED}"]'))
STEPS = ("li", '[itemprop="itemListElement"]', '[itemprop="name"]', "a")
BETWEEN = " > "
EDGES = " \u3000>＞»›→/|"
MOST_ELEMENTS, MOST_STEPS, MOST_CHARS = 5, 8, 60
LEAST_STEPS = 2


def of_trail(tree: LexborHTMLParser, signs: int) -> Metadata:
    """The first such element with two steps or more, also inside <nav>, whose text is read nowhere else."""
    if signs & TRAIL:
        for node in tree.css(NAMED)[:MOST_ELEMENTS]:
            if trail := _joined(_steps(node)):
                return Metadata(trail=Said(trail, "crumb"))
    return Metadata()


def _steps(node: LexborNode) -> list[str]:
    """Its entries; without a list what stands in and behind its links, as its own separators part it."""
    for selector in STEPS[:-1]:
        found = [fold(one.text()[:MOST_CHARS]) for one in node.css(selector)[:MOST_STEPS]]
        if len(found) >= LEAST_STEPS:
            return found
    links = [fold(one.text()[:MOST_CHARS]) for one in node.css(STEPS[-1])[:MOST_STEPS]]
    whole = fold(node.text()[: MOST_STEPS * MOST_CHARS])
    last = whole.rpartition(links[-1])[2].strip(EDGES) if links and links[-1] else ""
    return [*links, last]


def _joined(steps: Iterable[str]) -> str | None:
    said = [step for one in steps if (step := one.strip(EDGES))]
    return BETWEEN.join(said) if len(said) >= LEAST_STEPS else None


def trail_of_ld(things: Iterable[Mapping[str, Any]]) -> str | None:
    """Of JSON-LD's BreadcrumbList, alone or as a page's `breadcrumb`, its names in their order."""
    for thing in things:
        for one in (thing, thing.get("breadcrumb")):
            steps = one.get("itemListElement") if isinstance(one, dict) else None
            if isinstance(steps, list) and "breadcrumblist" in str(one.get("@type")).lower():  # type: ignore[union-attr]
                return _joined(_names(steps[:MOST_STEPS]))
    return None


def _names(steps: Iterable[Any]) -> Iterator[str]:
    for step in steps:
        item = step.get("item") if isinstance(step, dict) else None
        held = step.get("name") if isinstance(step, dict) else None
        name = held or (item.get("name") if isinstance(item, dict) else None)
        if isinstance(name, str):
            yield fold(name[:MOST_CHARS])
